import { Kysely, PostgresDialect } from 'kysely';
import type { Pool } from './create-pool.ts';

/** Typed queries on a pool. `destroy()` ends the pool too. */
export function createDatabase<Schema>(pool: Pool): Kysely<Schema> {
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
}
