import { sql, type Kysely } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    create table accounts (
      id text primary key,
      last_sequence bigint not null default 0,
      created_at timestamptz not null default now()
    )`.execute(database);

  await sql`
    create table calls (
      id text collate "C" primary key,
      account_id text not null,
      integration text not null,
      operation text not null,
      input jsonb not null,
      metadata jsonb not null,
      limits jsonb not null,
      simulated boolean not null,
      status text not null default 'pending' check (status in ('pending', 'processing', 'completed', 'failed', 'cancelled')),
      output jsonb,
      error jsonb,
      progress jsonb not null default '{"completedSteps":[]}',
      waiting_for text,
      external_id text,
      call_sequence integer not null default 1,
      submissions_claimed integer not null default 0,
      submissions_accepted integer not null default 0,
      submissions_refused integer not null default 0,
      submissions_unknown integer not null default 0,
      lease_until timestamptz,
      start_attempted_at timestamptz,
      started_run_id text,
      first_claimed_at timestamptz,
      reconciled_at timestamptz,
      has_late_artifacts boolean not null default false,
      created_at timestamptz not null default now(),
      started_at timestamptz,
      completed_at timestamptz
    ) with (fillfactor = 70)`.execute(database);
  await sql`create index calls_of_account on calls (account_id, id desc)`.execute(database);
  await sql`create index calls_pending on calls (id) where status = 'pending'`.execute(database);
  await sql`create index calls_processing on calls (reconciled_at nulls first) where status = 'processing'`.execute(
    database,
  );

  await sql`
    create table idempotency_keys (
      account_id text not null,
      key text not null,
      body_sha256 bytea not null,
      call_id text collate "C" not null,
      created_at timestamptz not null default now(),
      primary key (account_id, key)
    )`.execute(database);

  await sql`
    create table events (
      account_id text not null,
      sequence bigint not null,
      call_id text collate "C" not null,
      call_sequence integer not null,
      type text not null,
      status text not null,
      external_id text,
      data jsonb not null,
      created_at timestamptz not null default now(),
      primary key (account_id, sequence),
      unique (call_id, call_sequence)
    )`.execute(database);

  await sql`
    create table submissions (
      call_id text collate "C" not null,
      attempt integer not null,
      run_id text not null,
      activity_id text not null,
      claim_token uuid not null,
      credential_id text not null,
      claimed_at timestamptz not null default now(),
      outcome text not null default 'in_flight' check (outcome in ('in_flight', 'accepted', 'refused', 'unknown')),
      external_id text,
      primary key (call_id, attempt)
    )`.execute(database);

  await sql`
    create table reports (
      call_id text collate "C" not null,
      report_id text not null,
      answer jsonb not null,
      primary key (call_id, report_id)
    )`.execute(database);

  await sql`
    create table spool (
      call_id text collate "C" not null,
      attempt integer not null,
      bytes bigint not null,
      sha256 text not null,
      created_at timestamptz not null default now(),
      primary key (call_id, attempt)
    )`.execute(database);
  await sql`
    create table spool_chunks (
      call_id text collate "C" not null,
      attempt integer not null,
      position integer not null,
      data bytea not null,
      primary key (call_id, attempt, position),
      foreign key (call_id, attempt) references spool on delete cascade
    )`.execute(database);

  await sql`
    create table artifacts (
      id text primary key,
      account_id text not null,
      call_id text collate "C" not null,
      attempt integer not null,
      position integer not null,
      object_key text not null,
      content_type text not null,
      width integer,
      height integer,
      bytes bigint not null,
      sha256 text not null,
      late boolean not null default false,
      created_at timestamptz not null default now()
    )`.execute(database);
  await sql`create index artifacts_of_call on artifacts (call_id)`.execute(database);
}
