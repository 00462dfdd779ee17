import type { WaitingFor } from '@darkroom/contract';
import { toCallReport } from './call-report.ts';
import type { CallActivityResult } from '../call/call-activity.schema.ts';
import type { ProviderOutcome } from './call-handler.ts';
import { type CallWork, spoolAddressOf } from './call-work.ts';
import { deliverReport } from './deliver-report.ts';
import { messageOf } from './error-message.ts';
import { forgetAnswer } from './keep-answer.ts';
import { pause } from './pause.ts';
import { type AnswerToSettle, readAnswer, settleAnswer, takenEvents } from './settle-answer.ts';
import { encodeSpooledAnswer, type SpooledAnswer } from './spool-container.ts';
import { failureCodeOf } from './storing-failed.ts';

const firstWaitMs = 500;
const longestWaitMs = 15_000;

/** Stores and reports; where that fails, `main` keeps the answer. Where both are away, it tries both until one of them takes it. */
export async function settleOrPark(work: CallWork, given: AnswerToSettle): Promise<CallActivityResult> {
  for (let waitMs = firstWaitMs; ; waitMs = Math.min(longestWaitMs, waitMs * 2)) {
    let waitingFor: WaitingFor = 'storage';
    try {
      return await settleAnswer(work, given);
    } catch (error) {
      if (failureCodeOf(error) === 'result_unavailable') waitingFor = 'provider';
      work.logger.warn(
        { attempt: work.attempt, reason: messageOf(error) },
        'the paid answer could not be stored; handing it to main',
      );
    }
    const parked = await tryToPark(work, given, waitingFor);
    if (parked) return parked;
    await pause(waitMs);
  }
}

/** Hands the answer to `main`, trying until it is taken: for a workflow that stores in an activity of its own. */
export async function parkAnswer(work: CallWork, given: AnswerToSettle): Promise<CallActivityResult> {
  for (let waitMs = firstWaitMs; ; waitMs = Math.min(longestWaitMs, waitMs * 2)) {
    const parked = await tryToPark(work, given, 'storage');
    if (parked) return parked;
    await pause(waitMs);
  }
}

async function tryToPark(
  work: CallWork,
  { answer, deadlineAt, knownOutcome }: AnswerToSettle,
  waitingFor: WaitingFor,
): Promise<CallActivityResult | undefined> {
  const { context, attempt, logger } = work;
  try {
    await context.main.putSpool(spoolAddressOf(work), encodeSpooledAnswer(answer));
  } catch (error) {
    logger.warn({ attempt, reason: messageOf(error) }, 'main did not take the paid answer yet');
    return undefined;
  }
  await forgetAnswer(work, undefined);

  const outcome = readIfPossible(work, answer);
  const taken = outcome?.kind === 'accepted' ? takenEvents(work, knownOutcome, outcome) : [];
  const report = toCallReport(
    { ...work, reportId: `${work.reportId}.2` },
    { events: [...taken, { type: 'call.progress', data: { currentStep: 'storing', waitingFor } }] },
  );
  const delivered = await deliverReport(work, report);
  return {
    status: 'spooled',
    submittedReported: outcome?.kind === 'accepted',
    deadlineAt: deadlineAt.toISOString(),
    ...(!delivered && { unreported: report }),
  };
}

/** Undefined where the integration cannot read the answer, which is then kept until a better version of it can. */
function readIfPossible(work: CallWork, answer: SpooledAnswer): ProviderOutcome | undefined {
  try {
    return readAnswer(work, answer);
  } catch (error) {
    work.logger.error({ attempt: work.attempt, error }, 'the integration cannot read the paid answer');
    return undefined;
  }
}
