import { failure } from '@darkroom/contract';
import type { LookResult } from '../call/poll-activity.schema.ts';
import { type Asked, lookAtTask } from './ask-about-task.ts';
import { spoolAddressOf } from './call-work.ts';
import { endCall } from './end-call.ts';
import { messageOf } from './error-message.ts';
import { forHistory } from './for-history.ts';
import { lapseMsOf } from './lapse.ts';
import { forgetAnswer } from './keep-answer.ts';
import type { TaskWork } from './poll-work.ts';
import type { RunningAttempts } from './running-attempts.ts';
import { type EndOfTask, isEndOfTask, settleLook, settleResult, tellOnce } from './settle-look.ts';
import { decodeSpooledAnswer, type SpooledAnswer } from './spool-container.ts';

/** What is remembered from look to look: counters and what was said last, never an id. */
export interface LookMemory {
  looks: number;
  failures: number;
  notFound: number;
  /** When the first look of those that did not find it was made, in milliseconds. */
  notFoundSince?: number;
  step?: string;
  percent?: number;
}
export const firstLook: LookMemory = { looks: 0, failures: 0, notFound: 0 };

export interface Looking {
  signal: AbortSignal;
  /** The results that this process settles: two executions that found the same one join. */
  settling: RunningAttempts<LookResult>;
}
type Seen = { result: LookResult; memory: LookMemory };

const toleratedNotFoundMs = 120_000;
const fewestNotFound = 5;

/** Looks at the task, and sees to its end where it has one. */
export async function lookOnce(work: TaskWork, memory: LookMemory, { signal, settling }: Looking): Promise<Seen> {
  const seen = await lookAtTask(work, signal);
  const { outcome } = seen;
  const looked = { ...memory, looks: memory.looks + 1 };
  if (isEndOfTask(outcome)) {
    const ended = seen as Asked<EndOfTask>;
    return { result: await settling.joinOrRun(spoolAddressOf(work), () => settleLook(work, ended)), memory: looked };
  }
  if (outcome.kind === 'unavailable')
    return {
      result: { status: 'pending', reason: outcome.reason },
      memory: { ...looked, failures: memory.failures + 1 },
    };
  if (outcome.kind === 'not_found') return followNotFound(work, looked);
  // Heartbeats carry it, and a step is in the provider's words.
  const { step, percent } = forHistory(outcome, work.context.secrets) as typeof outcome;
  const isNews = step !== memory.step || percent !== memory.percent;
  const progress = { ...(step !== undefined && { step }), ...(percent !== undefined && { percent }) };
  const hasEnded = isNews && (await tellProgress(work, progress, looked.looks));
  return {
    result: hasEnded ? { status: 'stopped', reason: 'ended' } : { status: 'pending' },
    memory: {
      looks: looked.looks,
      failures: 0,
      notFound: 0,
      ...progress,
    },
  };
}

/**
 * The result that an earlier execution left, if it did: on this machine's disk, or, where a sweep took it from a disk, in the spool of
 * `main`, from which it is stored as any other that waits there.
 */
export async function settleLeftBehind(work: TaskWork, { settling }: Looking): Promise<LookResult | undefined> {
  if (work.missingCredentials !== undefined) return undefined;
  const answer = await readLeftBehind(work);
  if (answer?.holds?.kind === 'acceptance') {
    // `main` knows the task's id by now: otherwise nobody would look at it.
    await forgetAnswer(work, undefined);
  } else if (answer) return settling.joinOrRun(spoolAddressOf(work), () => settleResult(work, answer));
  if (!(await isInSpoolOfMain(work))) return undefined;
  return { status: 'spooled', submittedReported: true, deadlineAt: work.task.deadlineAt };
}

async function isInSpoolOfMain(work: TaskWork): Promise<boolean> {
  try {
    return (await work.context.main.getSpool(spoolAddressOf(work))) !== undefined;
  } catch (error) {
    work.logger.warn(
      { reason: messageOf(error) },
      'main does not say whether it keeps the result; looking at the task',
    );
    return false;
  }
}

async function readLeftBehind(work: TaskWork): Promise<SpooledAnswer | undefined> {
  try {
    const bytes = await work.context.localSpool.read(spoolAddressOf(work));
    return bytes && decodeSpooledAnswer(bytes);
  } catch (error) {
    work.logger.error({ reason: messageOf(error) }, 'the spooled result on the disk cannot be read');
    return undefined;
  }
}

async function followNotFound(work: TaskWork, memory: LookMemory): Promise<Seen> {
  const { context, task } = work;
  const now = context.now().getTime();
  const result: LookResult = { status: 'pending', reason: 'The provider does not know the task.' };
  if (now - Date.parse(task.submittedAt) < toleratedNotFoundMs) return { result, memory };
  const notFound = memory.notFound + 1;
  const { notFoundSince = now } = memory;
  if (notFound < fewestNotFound || now - notFoundSince < lapseMsOf(context))
    return { result, memory: { ...memory, notFound, notFoundSince } };
  const error = failure(
    'provider_expired',
    `The provider does not know the task ${task.externalId} any more. Make the call again; it is paid for anew.`,
  );
  return { result: await endCall(work, [{ type: 'call.failed', data: { error } }]), memory };
}

function tellProgress(
  work: TaskWork,
  { step, percent }: { step?: string; percent?: number },
  look: number,
): Promise<boolean> | boolean {
  if (step === undefined && percent === undefined) return false;
  const data = {
    ...(step !== undefined && { currentStep: step }),
    ...(percent !== undefined && { percent: Math.min(100, Math.max(0, percent)) }),
    waitingFor: 'provider' as const,
  };
  return tellOnce(work, `look-${look}`, { type: 'call.progress', data });
}
