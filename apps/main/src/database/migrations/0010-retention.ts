import { sql, type Kysely } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`alter table accounts add column events_removed_through bigint not null default 0`.execute(database);
  await sql`alter table artifacts add column removed_at timestamptz`.execute(database);
  await sql`create index artifacts_that_are_there on artifacts (created_at, id) where removed_at is null`.execute(
    database,
  );
}
