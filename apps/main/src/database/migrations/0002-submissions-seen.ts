import { sql, type Kysely } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`alter table submissions add column seen_at timestamptz not null default now()`.execute(database);
}
