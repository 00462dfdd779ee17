import type { Transaction } from 'kysely';
import type { LockedCall } from '../calls/lock-call.ts';
import type { Database } from '../database/schema.ts';
import type { ReportedChange } from './reported-events.ts';

/** A cancel that was requested is answered in the log before the end, also where the end came first. */
export async function withCancelResult<Event extends ReportedChange>(
  transaction: Transaction<Database>,
  call: LockedCall,
  events: readonly Event[],
): Promise<(Event | ReportedChange)[]> {
  const end = events.at(-1);
  const isOvertaken = end?.type === 'call.completed' || end?.type === 'call.failed';
  if (call.cancel_requested_at === null || !isOvertaken) return [...events];
  if (events.some(({ type }) => type === 'call.cancel_result') || (await hasCancelResult(transaction, call.id)))
    return [...events];
  const reason = 'The call came to its end before the provider could be asked.';
  return [...events.slice(0, -1), { type: 'call.cancel_result', data: { result: 'not_possible', reason } }, end];
}

async function hasCancelResult(transaction: Transaction<Database>, callId: string): Promise<boolean> {
  const row = await transaction
    .selectFrom('events')
    .select('sequence')
    .where('call_id', '=', callId)
    .where('type', '=', 'call.cancel_result')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
