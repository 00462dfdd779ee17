import { randomUUID } from 'node:crypto';
import { Client } from 'pg';

export interface TestDatabases {
  readonly port: number;
  /** The server's own database, for administration. Tests use `createDatabase`. */
  readonly adminUrl: string;
  /** Makes an empty database and answers its URL. */
  createDatabase(): Promise<string>;
}

/** Who owns the databases of a PostgreSQL for tests. */
export const databaseOwner = { userName: 'darkroom', password: 'test-password' };

/** The databases of a PostgreSQL for tests that listens on this port. */
export function databasesAt(port: number): TestDatabases {
  const adminUrl = urlOf(port, 'postgres');
  return {
    port,
    adminUrl,
    createDatabase: async () => {
      const name = `test_${randomUUID().replaceAll('-', '')}`;
      await administer(adminUrl, [
        `CREATE DATABASE ${name}`,
        // Who waits for a lock gives up later than a machine stands still; an acceptance does so with its query, after ten seconds.
        `ALTER DATABASE ${name} SET lock_timeout = '30s'`,
      ]);
      return urlOf(port, name);
    },
  };
}

/** Removes databases. Rejects, after a few seconds, where somebody is still connected to one of them. */
export async function dropDatabases(adminUrl: string, urls: readonly string[]): Promise<void> {
  await administer(
    adminUrl,
    urls.map((url) => `DROP DATABASE ${new URL(url).pathname.slice(1)}`),
  );
}

async function administer(adminUrl: string, statements: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

function urlOf(port: number, database: string): string {
  const { userName, password } = databaseOwner;
  return `postgresql://${userName}:${password}@127.0.0.1:${port}/${database}`;
}
