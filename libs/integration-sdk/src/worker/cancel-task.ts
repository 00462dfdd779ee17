import type { CallEventData } from '@darkroom/contract';
import type { CancelResult } from '../call/poll-activity.schema.ts';
import { askProviderAbout, lookAtTask } from './ask-about-task.ts';
import { toCallReport } from './call-report.ts';
import { deliverReport } from './deliver-report.ts';
import { endCall } from './end-call.ts';
import { pause } from './pause.ts';
import type { CancelOutcome } from './poll-handler.ts';
import type { TaskWork } from './poll-work.ts';
import { type EndOfTask, isEndOfTask } from './settle-look.ts';

const waitsBetweenTriesMs = [1_000, 4_000];
const goesOn = 'The call runs to its end and its result is kept.';

type Attempted = CancelOutcome | { kind: 'finished'; as: EndOfTask['kind'] };

/** Asks the provider to cancel the task and reports what it said. A task that has ended is left alone: asking may delete its result. */
export async function cancelTask(work: TaskWork, { isStored }: { isStored: boolean }): Promise<CancelResult> {
  if (isStored) return tellNotPossible(work, `The result is there already. ${goesOn}`);
  const { cancelling } = work.poll;
  if (!cancelling) return tellNotPossible(work, `This provider offers no way to cancel. ${goesOn}`);
  for (let tries = 0; ; tries += 1) {
    const attempted = await attempt(work, cancelling);
    if (attempted.kind === 'finished') {
      // Somebody cancelled it already: the look says so.
      if (attempted.as === 'cancelled') return { status: 'not_possible', finished: true };
      return tellNotPossible(work, 'The provider has finished the task already.', true);
    }
    if (attempted.kind === 'not_possible') return tellNotPossible(work, `${attempted.reason} ${goesOn}`);
    if (attempted.kind === 'cancelled') {
      const { billing } = attempted;
      const reason =
        billing === 'not_charged'
          ? 'The provider cancelled the task and charges nothing.'
          : 'The provider cancelled the task; whether it charges is in its own records.';
      return endCall(work, [
        { type: 'call.cancel_result', data: { result: 'cancelled', reason, billing } },
        { type: 'call.cancelled', data: { billing } },
      ]);
    }
    const waitMs = waitsBetweenTriesMs[tries];
    if (waitMs === undefined)
      return tellNotPossible(work, `The provider could not be asked: ${attempted.reason} ${goesOn}`);
    await pause(waitMs);
  }
}

async function attempt(
  work: TaskWork,
  { possibleAt, toCancelRequest, fromCancelResponse }: NonNullable<TaskWork['poll']['cancelling']>,
): Promise<Attempted> {
  const { task, context } = work;
  const { signal } = new AbortController();
  const { outcome: seen } = await lookAtTask(work, signal);
  if (isEndOfTask(seen)) return { kind: 'finished', as: seen.kind };
  if (seen.kind === 'unavailable') return seen;
  const step = seen.kind === 'pending' ? seen.step : undefined;
  if (possibleAt && (step === undefined || !possibleAt.includes(step)))
    return { kind: 'not_possible', reason: `The provider cancels only what is ${possibleAt.join(' or ')}.` };
  const given = { externalId: task.externalId, settings: context.settings };
  const asked = await askProviderAbout(work, {
    credentialId: task.credentialId,
    signal,
    query: () => toCancelRequest(given),
    read: (response) => fromCancelResponse({ response }),
  });
  if (asked.outcome.kind !== 'cancelled' || !possibleAt) return asked.outcome;
  return confirm(work, asked.outcome);
}

/**
 * Between the look and the wish the task may have ended, and what cancels a waiting task deletes the record of one that has ended. Only a
 * task that is seen cancelled is known to cost what the provider's answer says.
 */
async function confirm(work: TaskWork, cancelled: Extract<CancelOutcome, { kind: 'cancelled' }>): Promise<Attempted> {
  const { outcome: seen } = await lookAtTask(work, new AbortController().signal);
  if (seen.kind === 'cancelled') return cancelled;
  return isEndOfTask(seen) ? { kind: 'finished', as: seen.kind } : { ...cancelled, billing: 'unknown' };
}

async function tellNotPossible(work: TaskWork, reason: string, finished = false): Promise<CancelResult> {
  const data: CallEventData<'call.cancel_result'> = { result: 'not_possible', reason };
  const report = toCallReport(work, { events: [{ type: 'call.cancel_result', data }] });
  const delivered = await deliverReport(work, report);
  return { status: 'not_possible', finished, ...(!delivered && { unreported: report }) };
}
