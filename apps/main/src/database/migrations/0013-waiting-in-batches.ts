import { sql, type Kysely } from 'kysely';

/** What is asked while ten thousands of calls wait, without reading them. */
export async function up(database: Kysely<unknown>): Promise<void> {
  // How many calls of a batch have which status, and whether one failed: from the index alone.
  await sql`create index calls_of_batch_by_status on calls (batch_id, status) where batch_id is not null`.execute(
    database,
  );
  await sql`drop index calls_failed_of_batch`.execute(database);
  // Whether somebody has yet to tell of an event that is old enough to go.
  await sql`
    create index notifications_undelivered on notifications (account_id, sequence)
    where status in ('pending', 'delivering')`.execute(database);
}
