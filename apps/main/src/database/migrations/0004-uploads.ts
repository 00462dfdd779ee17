import { sql, type Kysely } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    create table uploads (
      id text collate "C" primary key,
      account_id text not null,
      content_type text not null,
      width integer not null,
      height integer not null,
      duration_seconds double precision,
      bytes bigint not null,
      sha256 text not null,
      created_at timestamptz not null default now()
    )`.execute(database);
}
