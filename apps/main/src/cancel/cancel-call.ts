import { type CallEventData, type CancelAnswer, isTerminal } from '@darkroom/contract';
import { changeCall, type CallChange, type CallChanging } from '../calls/change-call.ts';
import type { NewEvent } from '../calls/new-event.ts';
import { canBeAskedAgain } from '../integrations/can-be-asked-again.ts';
import type { IntegrationCatalog } from '../integrations/integration-catalog.ts';
import { withCancelResult } from '../reports/with-cancel-result.ts';
import { hasNothingOutstanding } from '../submissions/nothing-outstanding.ts';

export interface Cancelling extends CallChanging {
  catalog: Pick<IntegrationCatalog, 'find'>;
}

type CancelResult = CancelAnswer['result'];

/**
 * Ends a call of which nothing is outstanding, or notes the wish for its workflow. The claim of a submission holds the same lock:
 * either the call is cancelled and nothing is sent, or the submission is outstanding. Answers undefined where there is no such call.
 */
export function cancelCall(
  cancelling: Cancelling,
  { callId, by }: { callId: string; by: CallEventData<'call.cancel_requested'>['by'] },
): Promise<CancelResult | undefined> {
  return changeCall(cancelling, callId, async (call, transaction): Promise<CallChange<CancelResult>> => {
    if (isTerminal(call.status)) return { answer: 'already_terminal' };
    const isNew = call.cancel_requested_at === null;
    const request: NewEvent[] = isNew ? [{ type: 'call.cancel_requested', data: { by } }] : [];
    if (hasNothingOutstanding(call)) {
      const end: NewEvent = { type: 'call.cancelled', data: { billing: 'not_charged' } };
      return { answer: 'cancelled', events: await withCancelResult(transaction, call, [...request, end]) };
    }
    if (!isNew || canBeAskedAgain(cancelling.catalog, call)) return { answer: 'cancel_requested', events: request };
    return { answer: 'cancel_requested', events: [...request, { type: 'call.cancel_result', data: notPossible }] };
  });
}

/** Ends a call of which no submission was ever claimed, as a cancel would, and leaves every other one alone. Answers whether it ended it. */
export async function cancelUnclaimed(
  changing: CallChanging,
  { callId, by }: { callId: string; by: CallEventData<'call.cancel_requested'>['by'] },
): Promise<boolean> {
  const isEnded = await changeCall(changing, callId, (call): Promise<CallChange<boolean>> => {
    const hasBegun = isTerminal(call.status) || call.submissions_claimed > 0 || call.cancel_requested_at !== null;
    const request: NewEvent = { type: 'call.cancel_requested', data: { by } };
    const end: NewEvent = { type: 'call.cancelled', data: { billing: 'not_charged' } };
    return Promise.resolve(hasBegun ? { answer: false } : { answer: true, events: [request, end] });
  });
  return isEnded === true;
}

const notPossible: CallEventData<'call.cancel_result'> = {
  result: 'not_possible',
  reason:
    'The call was submitted, and its provider cannot be asked to stop. If the provider takes it, it charges for what it makes: the call runs to its end, and its result is kept. If not, nothing more is submitted.',
};
