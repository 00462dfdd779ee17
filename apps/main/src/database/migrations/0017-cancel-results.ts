import { sql, type Kysely } from 'kysely';

/** What came of the cancel of a call, so that a call tells it without its log. Calls from before do not. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`alter table calls add column cancel_result jsonb`.execute(database);
}
