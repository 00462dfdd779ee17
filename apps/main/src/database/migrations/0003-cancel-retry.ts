import { sql, type Kysely } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    alter table calls
      add column cancel_after timestamptz,
      add column cancel_requested_at timestamptz,
      add column cancel_signalled_at timestamptz,
      add column retry_of text collate "C"`.execute(database);
  await sql`
    create index calls_to_cancel on calls (cancel_after)
    where cancel_after is not null and cancel_requested_at is null and completed_at is null`.execute(database);
  await sql`
    create index calls_to_signal on calls (cancel_requested_at)
    where cancel_requested_at is not null and cancel_signalled_at is null`.execute(database);

  await sql`
    create index submissions_of_external_id on submissions (credential_id, external_id)
    where external_id is not null`.execute(database);

  await sql`
    alter table artifacts
      add column role text,
      add column duration_seconds double precision,
      add column frame_rate double precision`.execute(database);
}
