import { sql, type Transaction } from 'kysely';
import type { SubmissionOutcome } from '@darkroom/contract';
import type { NewEvent } from '../calls/new-event.ts';
import type { Database } from '../database/schema.ts';

/**
 * Whether an event says, for the first time in these words, that it could not be found out what became of a submission. It changes
 * no outcome, and whoever pays wants to read which tasks it may be.
 */
export async function tellsOfDoubt(
  transaction: Transaction<Database>,
  callId: string,
  { event, known }: { event: NewEvent; known: SubmissionOutcome },
): Promise<boolean> {
  if (event.type !== 'call.submission_reconciled' || event.data.outcome !== 'unknown' || known !== 'unknown')
    return false;
  const told = await transaction
    .selectFrom('events')
    .select('call_sequence')
    .where('call_id', '=', callId)
    .where('type', '=', event.type)
    .where(sql<boolean>`data = ${JSON.stringify(event.data)}::jsonb`)
    .executeTakeFirst();
  return told === undefined;
}
