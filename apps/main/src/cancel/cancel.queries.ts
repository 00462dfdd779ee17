import { sql, type Kysely } from 'kysely';
import type { Database } from '../database/schema.ts';

/** The calls whose time to be cancelled has come, the most overdue ones first. */
export async function findDueCancels(database: Kysely<Database>, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from calls
    where cancel_after <= clock_timestamp() and cancel_requested_at is null and completed_at is null
    order by cancel_after limit ${limit}`.execute(database);
  return rows.map(({ id }) => id);
}

/** The calls whose workflows were not yet told of a cancel. */
export async function findCancelsToSignal(database: Kysely<Database>, limit: number): Promise<string[]> {
  const rows = await database
    .selectFrom('calls')
    .select('id')
    .where('cancel_requested_at', 'is not', null)
    .where('cancel_signalled_at', 'is', null)
    .orderBy('cancel_requested_at')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

export async function noteCancelSignalled(database: Kysely<Database>, callId: string): Promise<void> {
  await database
    .updateTable('calls')
    .set({ cancel_signalled_at: sql<Date>`clock_timestamp()` })
    .where('id', '=', callId)
    .execute();
}
