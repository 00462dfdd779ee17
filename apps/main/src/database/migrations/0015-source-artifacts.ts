import { sql, type Kysely } from 'kysely';

/** What a call is made from, and so what was made from an artifact. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`alter table calls add column source_artifact_ids text[]`.execute(database);
  await sql`
    create index calls_of_source on calls using gin (source_artifact_ids)
    where source_artifact_ids is not null`.execute(database);
}
