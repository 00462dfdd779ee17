import { isTerminal, type ReportedEvent, type SubmissionOutcome } from '@darkroom/contract';
import { toCallReport } from './call-report.ts';
import type { ProviderOutcome } from './call-handler.ts';
import type { CallWork } from './call-work.ts';
import { askUntilKnown } from './end-call.ts';
import { letGoOfAnswer } from './keep-answer.ts';
import { readSubmission } from './settle-submission.ts';
import { takenEvents } from './settle-answer.ts';
import type { SpooledAnswer } from './spool-container.ts';

/**
 * Tells `main` what a lost worker was told of its submission; the call's workflow finds it there. For a call that has ended only its
 * count of what was paid changes. Fails where `main` does not take it now.
 */
export async function recoverSubmission(work: CallWork, answer: SpooledAnswer): Promise<void> {
  const { context, attempt, call, logger } = work;
  const known = await askUntilKnown(work);
  const submission = known?.submissions.find((one) => one.attempt === attempt);
  const outcome = readSubmission(work, answer);
  if (known && submission) {
    const events = eventsOf(work, outcome, { knownOutcome: submission.outcome, hasEnded: isTerminal(known.status) });
    if (events.length > 0) {
      await context.main.report(call.callId, toCallReport(work, { events }));
      logger.info({ attempt, outcome: outcome.kind }, 'told main what a lost worker was told of its submission');
    }
  }
  await letGoOfAnswer(work, { answer, wasOfUse: outcome.kind === 'accepted' || outcome.kind === 'refused' });
}

function eventsOf(
  work: CallWork,
  outcome: ProviderOutcome,
  { knownOutcome, hasEnded }: { knownOutcome: SubmissionOutcome; hasEnded: boolean },
): ReportedEvent[] {
  const { attempt } = work;
  if (outcome.kind === 'accepted') return takenEvents(work, knownOutcome, { ...outcome, awaitsResult: true });
  if (outcome.kind === 'failed') {
    const taken = takenEvents(work, knownOutcome, outcome);
    return hasEnded ? taken : [...taken, { type: 'call.failed', data: { error: outcome.error } }];
  }
  if (outcome.kind !== 'refused') return [];
  if (knownOutcome === 'in_flight')
    return [{ type: 'call.submission_refused', data: { attempt, error: outcome.error } }];
  if (knownOutcome !== 'unknown') return [];
  const reason = `The answer of this submission was found after it had been given up, and is a refusal: ${outcome.error.message}`;
  return [{ type: 'call.submission_reconciled', data: { attempt, outcome: 'refused', reason } }];
}
