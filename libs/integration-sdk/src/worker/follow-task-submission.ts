import type { ReportedEvent } from '@darkroom/contract';
import type { FruitlessResult } from '../call/call-activity.schema.ts';
import type { SubmitTaskResult } from '../call/poll-activity.schema.ts';
import { backoffSeconds, type FruitlessOutcome } from '../call/what-follows.ts';
import { toCallReport } from './call-report.ts';
import { mayHaveCarriedCallback } from './carries-callback.ts';
import type { CallWork } from './call-work.ts';
import { deliverReport } from './deliver-report.ts';
import { followFruitless } from './end-call.ts';
import { type AlreadyClaimed, followLostAttempt } from './follow-lost-attempt.ts';
import { recoverSubmission } from './recover-submission.ts';
import type { SentSubmission, SubmissionFollowUp } from './submission-follow-up.ts';

/** What follows a submission whose answer would have held the task's id. */
export function taskFollowUp({ byListing }: { byListing: boolean }): SubmissionFollowUp<SubmitTaskResult> {
  const fruitless = (
    work: CallWork,
    outcome: FruitlessOutcome,
    sent: SentSubmission & { isReported?: boolean },
  ): Promise<SubmitTaskResult> =>
    outcome.kind === 'unknown' && (byListing || sent.carriedCallback)
      ? findOut(work, { reason: outcome.reason, sent, byListing })
      : asForCall(followFruitless(work, outcome, sent.deadlineAt));

  return {
    holds: { kind: 'acceptance' },
    fruitless,
    // The id of the task was in what could not be kept.
    tooLarge: (work, reason, sent) => fruitless(work, { kind: 'unknown', reason }, sent),
    late: recoverSubmission,
    async lost(work, claimed) {
      const { outcome, externalId, credentialId, claimedAt, deadlineAt } = claimed;
      if (outcome === 'accepted' && externalId !== undefined) {
        const { attempt } = work;
        return { status: 'submitted', task: { attempt, externalId, credentialId, submittedAt: claimedAt, deadlineAt } };
      }
      if (outcome === 'refused' || outcome === 'accepted' || !isSilent(claimed))
        return asForCall(followLostAttempt(work, { ...claimed, spooled: false }));
      const sent = {
        isReported: outcome === 'unknown',
        claimedAt: new Date(claimedAt),
        deadlineAt: new Date(deadlineAt),
        credentialId,
        carriedCallback: mayHaveCarriedCallback(work),
      };
      if (outcome === 'unknown' && !byListing && !sent.carriedCallback)
        return { status: 'retry', sent: true, afterSeconds: backoffSeconds(work.attempt), deadlineAt };
      const reason = 'the worker that made the request was lost before it could say what became of it.';
      return fruitless(work, { kind: 'unknown', reason }, sent);
    },
  };
}

const silentAfterSeconds = 30;

function isSilent({ outcome, lastSeenSecondsAgo }: AlreadyClaimed): boolean {
  return outcome === 'unknown' || lastSeenSecondsAgo >= silentAfterSeconds;
}

async function findOut(
  work: CallWork,
  { reason, sent, byListing }: { reason: string; sent: SentSubmission & { isReported?: boolean }; byListing: boolean },
): Promise<SubmitTaskResult> {
  const { attempt, context } = work;
  const said: ReportedEvent = { type: 'call.submission_unknown', data: { attempt, reason, next: 'reconcile' } };
  const report = toCallReport(work, { events: [said] });
  const delivered = sent.isReported === true || (await deliverReport(work, report));
  return {
    status: 'unclear',
    submission: {
      attempt,
      credentialId: sent.credentialId,
      reason,
      claimedAt: sent.claimedAt.toISOString(),
      endedAt: context.now().toISOString(),
      deadlineAt: sent.deadlineAt.toISOString(),
      byCallback: sent.carriedCallback,
      byListing,
    },
    ...(!delivered && { unreported: report }),
  };
}

/** What follows a submission in the same way, whatever the delivery. */
async function asForCall(
  following: Promise<FruitlessResult | Awaited<ReturnType<typeof followLostAttempt>>>,
): Promise<SubmitTaskResult> {
  const result = await following;
  if (result.status === 'spooled')
    throw new Error('A submission of a task brings no result that could wait in a spool.');
  return result;
}
