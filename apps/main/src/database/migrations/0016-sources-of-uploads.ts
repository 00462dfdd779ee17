import { sql, type Kysely } from 'kysely';

/** What an upload was cut out of or painted over, so that a call that names the upload knows it. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`alter table uploads add column source_artifact_ids text[]`.execute(database);
}
