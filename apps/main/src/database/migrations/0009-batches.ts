import { sql, type Kysely } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    create table batches (
      id text collate "C" primary key,
      account_id text not null,
      batch_key text,
      body_sha256 bytea not null,
      strategy text not null check (strategy in ('parallel', 'sequential')),
      max_concurrent integer not null,
      on_failure text not null check (on_failure in ('continue', 'stop')),
      metadata jsonb not null,
      status text not null default 'pending' check (status in ('pending', 'processing', 'completed', 'failed', 'cancelled')),
      total integer not null,
      released integer not null default 0,
      counts jsonb,
      stopped_by text check (stopped_by in ('user', 'on_failure')),
      begins_at timestamptz not null default now(),
      start_due_at timestamptz not null default now(),
      cancel_requested_at timestamptz,
      created_at timestamptz not null default now(),
      started_at timestamptz,
      completed_at timestamptz
    )`.execute(database);
  await sql`create unique index batches_of_key on batches (account_id, batch_key) where batch_key is not null`.execute(
    database,
  );
  await sql`create index batches_of_account on batches (account_id, id desc)`.execute(database);
  await sql`create index batches_to_start on batches (start_due_at) where completed_at is null`.execute(database);
  await sql`create index events_of_batch on events (batch_id, sequence) where batch_id is not null`.execute(database);

  await sql`alter table calls add column batch_id text collate "C", add column batch_position integer`.execute(
    database,
  );
  await sql`create index calls_of_batch on calls (batch_id, id desc) where batch_id is not null`.execute(database);
  // What an advance of a batch asks: what waits, in its order; how many are under way; whether one failed.
  await sql`
    create index calls_waiting_in_batch on calls (batch_id, batch_position)
    where queued_at = 'infinity' and completed_at is null`.execute(database);
  await sql`
    create index calls_running_of_batch on calls (batch_id)
    where batch_id is not null and queued_at < 'infinity' and completed_at is null`.execute(database);
  await sql`
    create index calls_failed_of_batch on calls (batch_id) where batch_id is not null and status = 'failed'`.execute(
    database,
  );

  // Accounts take turns: the dispatcher reads the first due calls of each.
  await sql`create index calls_pending_of_account on calls (account_id, queued_at, id) where status = 'pending'`.execute(
    database,
  );
}
