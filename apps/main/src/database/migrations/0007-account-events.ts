import { sql, type Kysely } from 'kysely';

/** The account's log tells of batches and notifications too. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    alter table events
      alter column call_id drop not null,
      alter column call_sequence drop not null,
      alter column status drop not null,
      add column batch_id text collate "C",
      add column notification_id text collate "C",
      add constraint events_tell_of_one check (num_nonnulls(call_id, batch_id, notification_id) = 1)`.execute(database);
}
