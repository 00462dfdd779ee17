import { sql, type Kysely } from 'kysely';
import { Gauge, type Registry } from 'prom-client';
import type { Logger } from '@darkroom/platform-logging';
import type { Database } from '../database/schema.ts';
import { spoolBytes } from '../spool/spool-bytes.ts';

/** Gauges that are read from the database when somebody asks; without a database they are left out of the answer. */
export function registerWaitingMetrics({
  registry,
  database,
  logger,
}: {
  registry: Registry;
  database: Kysely<Database>;
  logger: Logger;
}): void {
  const gauge = (name: string, help: string, read: () => Promise<number>) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        try {
          this.set(await read());
        } catch (error) {
          this.remove();
          logger.warn({ error, metric: name }, 'metric could not be read: is the database away?');
        }
      },
    });
  gauge(
    'darkroom_oldest_waiting_call_age_seconds',
    'Age of the oldest call that has made no submission; 0 where none waits.',
    () => oldestWaitingAge(database),
  );
  gauge('darkroom_spool_bytes', 'Bytes of paid answers that wait in the spool for the object store.', () =>
    spoolBytes(database),
  );
  gauge('darkroom_open_batches', 'Batches that have not ended, those that begin later included.', () =>
    openBatches(database),
  );
}

async function openBatches(database: Kysely<Database>): Promise<number> {
  const { count } = await database
    .selectFrom('batches')
    .select((query) => query.fn.countAll<number>().as('count'))
    .where('completed_at', 'is', null)
    .executeTakeFirstOrThrow();
  return count;
}

/** Of each status by its own index: calls that wait in batches and those that have ended are not read. */
async function oldestWaitingAge(database: Kysely<Database>): Promise<number> {
  const { rows } = await sql<{ age: number }>`
    select coalesce(extract(epoch from clock_timestamp() - least(
      (select min(queued_at) from calls
       where status = 'pending' and first_claimed_at is null and queued_at <= statement_timestamp()),
      (select min(queued_at) from calls
       where status = 'processing' and first_claimed_at is null and queued_at <= statement_timestamp())
    )), 0)::float8 as age`.execute(database);
  return rows[0]?.age ?? 0;
}
