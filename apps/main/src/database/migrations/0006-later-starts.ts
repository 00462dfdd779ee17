import { sql, type Kysely } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`alter table calls add column queued_at timestamptz`.execute(database);
  await sql`update calls set queued_at = created_at`.execute(database);
  await sql`alter table calls alter column queued_at set default now(), alter column queued_at set not null`.execute(
    database,
  );
  // What waits for its time stands behind everything that is due: no sweep reads through it.
  await sql`drop index calls_pending`.execute(database);
  await sql`create index calls_pending on calls (queued_at, id) where status = 'pending'`.execute(database);
}
