import { sql, type Kysely } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`alter table calls add column refreshed_at timestamptz`.execute(database);
}
