import { sql, type Kysely } from 'kysely';

/** A removed artifact is marked before its object is deleted, so that nobody names it in between; until that is done, this says so. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`alter table artifacts add column deletion_pending boolean not null default false`.execute(database);
  await sql`create index artifacts_to_delete on artifacts (id) where deletion_pending`.execute(database);
}
