import { sql, type Kysely } from 'kysely';
import type { Database } from '../database/schema.ts';
import type { EngineWatch } from '../engine/engine-watch.ts';
import type { ReadinessChecks } from './readiness-check.ts';

/** Asks everything that `main` depends on. */
export function mainReadinessChecks({
  database,
  engineWatch,
  probeObjectStore,
}: {
  database: Kysely<Database>;
  engineWatch: Pick<EngineWatch, 'ask'>;
  probeObjectStore: () => Promise<unknown>;
}): ReadinessChecks {
  return {
    postgres: () => sql`select 1`.execute(database),
    temporal: () => engineWatch.ask(),
    objectStore: probeObjectStore,
  };
}
