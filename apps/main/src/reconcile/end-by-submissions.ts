import { failure, isTerminal, type Failure } from '@darkroom/contract';
import type { Transaction } from 'kysely';
import { changeCall, type CallChange, type CallChanging } from '../calls/change-call.ts';
import type { LockedCall } from '../calls/lock-call.ts';
import type { NewEvent } from '../calls/new-event.ts';
import type { Database } from '../database/schema.ts';
import { withCancelResult } from '../reports/with-cancel-result.ts';
import { hasNothingOutstanding } from '../submissions/nothing-outstanding.ts';
import { recordOutcomes } from '../submissions/record-outcomes.ts';

/**
 * Ends a call whose workflow will not report any more: `terminated` where no submission was claimed or the provider refused every
 * one (`cancelled` where that was wished), else `submission_outcome_unknown`, because nobody is left who could find out. What was
 * learned meanwhile stands: a call that has ended stays as it is. An answer in the spool stays there until a worker's sweep stores
 * it as late artifacts, and the message says so.
 */
export async function endBySubmissions(
  changing: CallChanging,
  callId: string,
  { reason, nothingClaimed }: { reason: string; nothingClaimed?: (call: LockedCall) => Failure },
): Promise<void> {
  await changeCall(changing, callId, async (call, transaction) => {
    if (isTerminal(call.status)) return { answer: undefined };
    if (hasNothingOutstanding(call)) {
      if (call.cancel_requested_at !== null) {
        const end: NewEvent = { type: 'call.cancelled', data: { billing: 'not_charged' } };
        return { answer: undefined, events: await withCancelResult(transaction, call, [end]) };
      }
      const error =
        (call.submissions_claimed === 0 ? nothingClaimed?.(call) : undefined) ??
        failure('terminated', `${reason} Nothing was accepted or paid: make the call again.`);
      return { answer: undefined, events: [{ type: 'call.failed', data: { error } }] };
    }
    return { answer: undefined, ...(await endInDoubt(transaction, call, reason)) };
  });
}

/** How a call ends that was submitted, where nobody finds out any more what became of it. */
export async function endInDoubt(
  transaction: Transaction<Database>,
  call: LockedCall,
  reason: string,
): Promise<Omit<CallChange<unknown>, 'answer'>> {
  const callId = call.id;
  const unknown = await inFlightAsUnknown(transaction, callId, reason);
  const { events, columns } = await recordOutcomes(transaction, callId, unknown);
  const error = failure('submission_outcome_unknown', `${reason} ${await whatIsKnown(transaction, callId)}`);
  const end: NewEvent = { type: 'call.failed', data: { error } };
  return { events: await withCancelResult(transaction, call, [...events, end]), columns };
}

async function inFlightAsUnknown(
  transaction: Transaction<Database>,
  callId: string,
  reason: string,
): Promise<NewEvent[]> {
  const rows = await transaction
    .selectFrom('submissions')
    .select('attempt')
    .where('call_id', '=', callId)
    .where('outcome', '=', 'in_flight')
    .orderBy('attempt')
    .execute();
  return rows.map(({ attempt }) => ({ type: 'call.submission_unknown', data: { attempt, reason, next: 'fail' } }));
}

async function whatIsKnown(transaction: Transaction<Database>, callId: string): Promise<string> {
  const spooled = await transaction
    .selectFrom('spool')
    .select('attempt')
    .where('call_id', '=', callId)
    .orderBy('attempt')
    .execute();
  if (spooled.length === 0)
    return `The call had been submitted, so it may have been paid: ${await whereToLook(transaction, callId)}`;
  const attempts = spooled.map(({ attempt }) => attempt).join(', ');
  return `The provider’s answer to attempt ${attempts} was paid and is kept: what it holds appears in the call's lateArtifacts as soon as storage takes it. Look there before you make the call again.`;
}

async function whereToLook(transaction: Transaction<Database>, callId: string): Promise<string> {
  const rows = await transaction
    .selectFrom('submissions')
    .select('external_id')
    .where('call_id', '=', callId)
    .where('external_id', 'is not', null)
    .orderBy('attempt')
    .execute();
  const tasks = rows.map(({ external_id }) => external_id).join(', ');
  const place = tasks === '' ? 'into the provider’s account' : `for its task ${tasks} in the provider’s account`;
  return `look ${place} before you make it again.`;
}
