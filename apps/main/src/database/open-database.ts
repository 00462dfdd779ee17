import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '@darkroom/platform-logging';
import { createDatabase, createPool, migrate, type Pool } from '@darkroom/platform-postgres';
import type { Kysely } from 'kysely';
import { isDatabaseAway } from './database-errors.ts';
import { migrations } from './migrations/index.ts';
import type { Database } from './schema.ts';

export interface OpenDatabase {
  pool: Pool;
  database: Kysely<Database>;
}

export interface DatabaseOptions {
  url: string;
  directUrl: string | undefined;
  poolSize: number;
  logger: Logger;
}

const retryMs = 1_000;
/** Longer than any statement takes, and than the spool waits for a worker's answer between two of them, or for another who writes the same one. */
const silenceMs = 150_000;
const applicationName = 'darkroom-main';

/** Opens the database and brings its tables up to date. Waits for a database that is away, and says so. */
export async function openDatabase({ url, directUrl = url, poolSize, logger }: DatabaseOptions): Promise<OpenDatabase> {
  const onConnectionLost = (error: Error) => logger.warn({ error }, 'a connection to PostgreSQL was lost');
  await migrateWhenThere(directUrl, { logger, onConnectionLost });
  const pool = createPool({ connectionString: url, max: poolSize, applicationName, silenceMs, onConnectionLost });
  return { pool, database: createDatabase<Database>(pool) };
}

interface MigrateOptions extends Pick<DatabaseOptions, 'logger'> {
  onConnectionLost: (error: Error) => void;
}

/** The migrator's lock belongs to a session, hence the connection that bypasses a pooler. */
async function migrateWhenThere(directUrl: string, { logger, onConnectionLost }: MigrateOptions): Promise<void> {
  const database = createDatabase<Database>(
    createPool({ connectionString: directUrl, max: 1, applicationName, onConnectionLost }),
  );
  try {
    for (;;) {
      try {
        const applied = await migrate(database, migrations);
        if (applied.length > 0) logger.info({ applied }, 'the database was migrated');
        return;
      } catch (error) {
        if (!isAway(error)) throw error;
        logger.warn({ error }, 'PostgreSQL does not answer: waiting for it. DATABASE_URL says where it should be.');
        await pause(retryMs);
      }
    }
  } finally {
    await database.destroy();
  }
}

function isAway(error: unknown): boolean {
  return isDatabaseAway(error) || (error instanceof Error && isDatabaseAway(error.cause));
}
