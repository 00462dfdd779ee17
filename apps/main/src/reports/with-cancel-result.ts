import type { CallEventData } from '@darkroom/contract';
import type { Transaction } from 'kysely';
import type { LockedCall } from '../calls/lock-call.ts';
import type { NewEvent } from '../calls/new-event.ts';
import type { Database } from '../database/schema.ts';
import type { ReportedChange } from './reported-events.ts';

/** A cancel that was requested is answered in the log before the end, also where the end came first, or `main` decides it. */
export async function withCancelResult<Event extends ReportedChange>(
  transaction: Transaction<Database>,
  call: LockedCall,
  events: readonly Event[],
): Promise<(Event | ReportedChange)[]> {
  const end = events.at(-1);
  if (call.cancel_requested_at === null || end === undefined) return [...events];
  const data = cancelResultOf(end);
  if (data === undefined) return [...events];
  if (events.some(({ type }) => type === 'call.cancel_result') || (await hasCancelResult(transaction, call.id)))
    return [...events];
  return [...events.slice(0, -1), { type: 'call.cancel_result', data }, end];
}

function cancelResultOf(end: NewEvent): CallEventData<'call.cancel_result'> | undefined {
  switch (end.type) {
    case 'call.completed':
    case 'call.failed':
      return { result: 'not_possible', reason: 'The call came to its end before the provider could be asked.' };
    case 'call.cancelled': {
      const { billing } = end.data;
      const reason =
        billing === 'not_charged'
          ? 'The provider took none of the submissions, and nothing more was submitted.'
          : 'The provider says that the task was cancelled; whether it charges is in its own records.';
      return { result: 'cancelled', reason, billing };
    }
    default:
      return undefined;
  }
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
