import { sql, type Kysely } from 'kysely';

/** What browsers have signed in with: of its value and of the API key it was made with, the database has hashes only. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    create table sessions (
      id text collate "C" primary key,
      value_sha256 bytea not null unique,
      account_id text not null,
      key_fingerprint bytea not null,
      created_at timestamptz not null default now(),
      expires_at timestamptz not null,
      ended_at timestamptz
    )`.execute(database);
  await sql`create index sessions_by_end on sessions (expires_at)`.execute(database);
}
