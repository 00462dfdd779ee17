import { sql, type Kysely } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    create table subscriptions (
      id text collate "C" primary key,
      account_id text not null,
      call_id text collate "C",
      batch_id text collate "C",
      channel text not null check (channel in ('webhook', 'email', 'slack')),
      target text not null,
      event_types text[],
      after_sequence bigint not null default 0,
      created_at timestamptz not null default now(),
      ended_at timestamptz,
      ended_reason text,
      constraint subscriptions_have_one_subject check (num_nonnulls(call_id, batch_id) <= 1)
    )`.execute(database);
  await sql`create index subscriptions_of_call on subscriptions (call_id) where call_id is not null`.execute(database);
  await sql`create index subscriptions_of_batch on subscriptions (batch_id) where batch_id is not null`.execute(
    database,
  );
  await sql`
    create index subscriptions_of_account on subscriptions (account_id)
    where call_id is null and batch_id is null and ended_at is null`.execute(database);

  await sql`
    create table notification_cursors (
      account_id text primary key,
      sequence bigint not null
    )`.execute(database);

  await sql`
    create table notifications (
      id text collate "C" primary key,
      account_id text not null,
      subscription_id text collate "C" not null references subscriptions,
      call_id text collate "C",
      batch_id text collate "C",
      sequence bigint not null,
      event_type text not null,
      event_created_at timestamptz not null,
      channel text not null,
      status text not null default 'pending' check (status in ('pending', 'delivering', 'delivered', 'failed', 'ended')),
      round integer not null default 1,
      round_started_at timestamptz not null default now(),
      round_attempts integer not null default 0,
      attempt_count integer not null default 0,
      last_status integer,
      last_error text,
      next_attempt_at timestamptz,
      look_after timestamptz,
      created_at timestamptz not null default now(),
      delivered_at timestamptz,
      unique (subscription_id, sequence),
      constraint notifications_tell_of_one check (num_nonnulls(call_id, batch_id) = 1)
    ) with (fillfactor = 70)`.execute(database);
  await sql`create index notifications_of_account on notifications (account_id, id desc)`.execute(database);
  await sql`create index notifications_of_call on notifications (call_id, id desc) where call_id is not null`.execute(
    database,
  );
  await sql`create index notifications_of_batch on notifications (batch_id, id desc) where batch_id is not null`.execute(
    database,
  );
  await sql`create index notifications_pending on notifications (account_id, id) where status = 'pending'`.execute(
    database,
  );
  await sql`create index notifications_delivering on notifications (look_after) where status = 'delivering'`.execute(
    database,
  );
  await sql`
    create index notifications_of_progress on notifications (subscription_id, call_id, event_created_at)
    where event_type = 'call.progress'`.execute(database);

  await sql`
    create table notification_attempts (
      notification_id text collate "C" not null references notifications on delete cascade,
      attempt integer not null,
      outcome text not null check (outcome in ('delivered', 'failed')),
      status integer,
      error text,
      started_at timestamptz not null,
      ended_at timestamptz not null default now(),
      primary key (notification_id, attempt)
    )`.execute(database);

  await sql`
    create table webhook_secrets (
      account_id text not null,
      generation integer not null,
      created_at timestamptz not null default now(),
      valid_until timestamptz,
      primary key (account_id, generation)
    )`.execute(database);
}
