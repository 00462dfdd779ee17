import { sql, type Transaction } from 'kysely';
import type { CallRow, Database } from '../database/schema.ts';

const columns = [
  'id',
  'account_id',
  'integration',
  'operation',
  'limits',
  'status',
  'output',
  'error',
  'progress',
  'waiting_for',
  'external_id',
  'call_sequence',
  'submissions_claimed',
  'submissions_accepted',
  'submissions_refused',
  'submissions_unknown',
  'lease_until',
  'start_attempted_at',
  'started_run_id',
  'first_claimed_at',
  'started_at',
  'completed_at',
  'cancel_requested_at',
  'cancel_result',
  'has_late_artifacts',
  'created_at',
  'queued_at',
] as const satisfies readonly (keyof CallRow)[];

/** A call whose row is locked until the transaction ends. `now` is the database's clock, the only one that all processes share. */
export type LockedCall = Pick<CallRow, (typeof columns)[number]> & { now: Date };

export function lockCall(transaction: Transaction<Database>, callId: string): Promise<LockedCall | undefined> {
  return transaction
    .selectFrom('calls')
    .select(columns)
    .select(sql<Date>`clock_timestamp()`.as('now'))
    .where('id', '=', callId)
    .forUpdate()
    .executeTakeFirst();
}
