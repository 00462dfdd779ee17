import type { SubmitTaskResult } from '../call/poll-activity.schema.ts';
import { toCallReport } from './call-report.ts';
import type { ProviderOutcome } from './call-handler.ts';
import type { CallWork } from './call-work.ts';
import { deliverReport } from './deliver-report.ts';
import { endCall } from './end-call.ts';
import { letGoOfAnswer } from './keep-answer.ts';
import type { ObtainedAnswer } from './obtain-answer.ts';
import { readAnswer, takenEvents } from './settle-answer.ts';
import type { SpooledAnswer } from './spool-container.ts';
import type { SubmissionFollowUp } from './submission-follow-up.ts';

/** Reports what the provider said to a submission. The answer stays on the disk until `main` knows what it says. */
export async function settleSubmission(
  work: CallWork,
  obtained: ObtainedAnswer,
  followUp: SubmissionFollowUp<SubmitTaskResult>,
): Promise<SubmitTaskResult> {
  const outcome = readSubmission(work, obtained.answer);
  const result = await follow(work, { obtained, outcome }, followUp);
  const isKnownToMain = result.status === 'ended' ? result.reported : !('unreported' in result);
  const wasOfUse = outcome.kind === 'accepted' || outcome.kind === 'refused';
  if (isKnownToMain) await letGoOfAnswer(work, { answer: obtained.answer, wasOfUse });
  return result;
}

/** A bug in the integration must not make a paid task unknown for good: there are other ways to find out. */
export function readSubmission(work: CallWork, answer: SpooledAnswer): ProviderOutcome {
  try {
    return readAnswer(work, answer);
  } catch (error) {
    work.logger.error({ attempt: work.attempt, error }, 'the integration cannot read the answer to the submission');
    return { kind: 'unknown', reason: 'The integration could not read the answer to the submission.' };
  }
}

async function follow(
  work: CallWork,
  { obtained, outcome }: { obtained: ObtainedAnswer; outcome: ProviderOutcome },
  followUp: SubmissionFollowUp<SubmitTaskResult>,
): Promise<SubmitTaskResult> {
  const { attempt } = work;
  const { knownOutcome, credentialId, claimedAt, deadlineAt } = obtained;
  if (outcome.kind === 'failed')
    return endCall(work, [
      ...takenEvents(work, knownOutcome, outcome),
      { type: 'call.failed', data: { error: outcome.error } },
    ]);
  if (outcome.kind !== 'accepted') return followUp.fruitless(work, outcome, obtained);
  const { externalId } = outcome;
  if (externalId === undefined)
    return followUp.fruitless(work, { kind: 'unknown', reason: 'The answer names no task.' }, obtained);

  const task = {
    attempt,
    externalId,
    credentialId,
    submittedAt: claimedAt.toISOString(),
    deadlineAt: deadlineAt.toISOString(),
  };
  const events = takenEvents(work, knownOutcome, { externalId, awaitsResult: true });
  if (events.length === 0) return { status: 'submitted', task };
  const report = toCallReport(work, { events });
  const delivered = await deliverReport(work, report);
  return { status: 'submitted', task, ...(!delivered && { unreported: report }) };
}
