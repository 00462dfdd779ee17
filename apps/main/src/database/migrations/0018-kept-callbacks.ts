import { sql, type Kysely } from 'kysely';

/** Callbacks that came while the engine was away. A provider may never repeat one, and a submission without an answer may have no other proof. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    create table kept_callbacks (
      id bigint generated always as identity primary key,
      call_id text not null,
      signal jsonb not null,
      kept_at timestamptz not null default clock_timestamp()
    )`.execute(database);
}
