import { failure, type ReportedEvent } from '@darkroom/contract';
import type { LookResult } from '../call/poll-activity.schema.ts';
import { toCallReport } from './call-report.ts';
import type { ProviderResponse } from './call-handler.ts';
import { originOf } from './call-work.ts';
import type { Asked } from './ask-about-task.ts';
import { askUntilKnown, endCall } from './end-call.ts';
import { messageOf } from './error-message.ts';
import { keepAnswer } from './keep-answer.ts';
import { settleOrPark } from './park-answer.ts';
import { pause } from './pause.ts';
import type { PollOutcome } from './poll-handler.ts';
import type { TaskWork } from './poll-work.ts';
import type { SpooledAnswer } from './spool-container.ts';

export type EndOfTask = Extract<PollOutcome, { kind: 'succeeded' | 'failed' | 'cancelled' }>;

// Whoever cancelled the task knows what it cost, and reports it first.
const courtesyMs = 3_000;

export function isEndOfTask(outcome: PollOutcome): outcome is EndOfTask {
  return outcome.kind === 'succeeded' || outcome.kind === 'failed' || outcome.kind === 'cancelled';
}

/** Sees to a task that has ended: its result is kept before anything is done with it, then stored and reported. */
export async function settleLook(work: TaskWork, { outcome, response }: Asked<EndOfTask>): Promise<LookResult> {
  switch (outcome.kind) {
    case 'succeeded': {
      if (!response) throw new Error('A task that has succeeded was seen without an answer.');
      if (await isCompleted(work)) return { status: 'stopped', reason: 'ended' };
      const answer = toSpooledResult(work, response);
      await keepAnswer(work, answer);
      return settleResult(work, answer);
    }
    case 'failed':
      return endCall(work, [{ type: 'call.failed', data: { error: outcome.error } }]);
    case 'cancelled':
      return endCancelled(work);
  }
}

/** The answer to a look that found the task's result. */
export function toSpooledResult(work: TaskWork, response: ProviderResponse): SpooledAnswer {
  const { externalId, credentialId } = work.task;
  return { origin: originOf(work), holds: { kind: 'result', externalId, credentialId }, response, parts: [] };
}

/** Another worker may have been first; a result is not downloaded twice for nothing. */
async function isCompleted({ context, call, logger }: TaskWork): Promise<boolean> {
  try {
    return (await context.main.getCall(call.callId))?.status === 'completed';
  } catch (error) {
    logger.debug({ reason: messageOf(error) }, 'main does not say whether the call has its result');
    return false;
  }
}

/** Stores and reports a result that is kept; where storage is away, `main` keeps it. */
export async function settleResult(work: TaskWork, answer: SpooledAnswer): Promise<LookResult> {
  await tellOnce(work, 'storing', { type: 'call.progress', data: { currentStep: 'storing' } });
  const settled = await settleOrPark(work, {
    answer,
    deadlineAt: new Date(work.task.deadlineAt),
    knownOutcome: 'accepted',
  });
  if (settled.status === 'retry' || settled.status === 'waiting')
    throw new Error('A result was read as a submission without one.');
  return settled;
}

/** Tells `main` what is good to know and not needed: one try. Answers whether the call has ended. */
export async function tellOnce(work: TaskWork, name: string, event: ReportedEvent): Promise<boolean> {
  const { context, call, logger } = work;
  try {
    const report = toCallReport({ ...work, reportId: `${work.reportId}.${name}` }, { events: [event] });
    return (await context.main.report(call.callId, report))?.applied === false;
  } catch (error) {
    logger.debug({ reason: messageOf(error) }, 'main was not told how far the task has come');
    return false;
  }
}

async function endCancelled(work: TaskWork): Promise<LookResult> {
  const known = await askUntilKnown(work);
  if (!known) return { status: 'stopped', reason: 'unknown_call' };
  if (!known.cancelRequested) {
    const error = failure('provider_failed', 'The provider cancelled the task, and nobody here had asked for it.');
    return endCall(work, [{ type: 'call.failed', data: { error } }]);
  }
  await pause(courtesyMs, work.context.stopping);
  return endCall(work, [{ type: 'call.cancelled', data: { billing: 'unknown' } }]);
}
