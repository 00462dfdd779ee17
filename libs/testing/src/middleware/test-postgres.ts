import { randomUUID } from 'node:crypto';
import { findFreePort, postgresDriver } from '@darkroom/deploy-tool';
import { Client } from 'pg';
import { startRestartableMiddleware, type RestartableMiddleware } from './restartable-middleware.ts';

export interface TestPostgres extends RestartableMiddleware {
  readonly port: number;
  /** The server's own database, for administration. Tests use `createDatabase`. */
  readonly adminUrl: string;
  /** Makes an empty database and answers its URL. */
  createDatabase(): Promise<string>;
}

export interface TestPostgresOptions {
  /** Whether commits wait for the disk, as in production. A test does without; a benchmark must not. Default: false. */
  readonly durable?: boolean;
  /** Further server parameters, as in postgresql.conf. */
  readonly parameters?: Record<string, string>;
}

const userName = 'darkroom';
const password = 'test-password';

export async function startTestPostgres(
  directory: string,
  { durable = false, parameters = {} }: TestPostgresOptions,
): Promise<TestPostgres> {
  const port = await findFreePort();
  const speed: Record<string, string> = durable ? {} : { fsync: 'off', full_page_writes: 'off' };
  const middleware = await startRestartableMiddleware(postgresDriver, {
    name: 'postgres',
    directory,
    ports: { sql: port },
    settings: {
      userName,
      password,
      database: 'darkroom',
      parameters: { max_connections: '200', ...speed, ...parameters },
    },
  });
  const urlOf = (database: string) => `postgresql://${userName}:${password}@127.0.0.1:${port}/${database}`;
  return {
    ...middleware,
    port,
    adminUrl: urlOf('postgres'),
    createDatabase: async () => {
      const name = `test_${randomUUID().replaceAll('-', '')}`;
      const client = new Client({ connectionString: urlOf('postgres') });
      await client.connect();
      await client.query(`CREATE DATABASE ${name}`).finally(() => client.end());
      return urlOf(name);
    },
  };
}
