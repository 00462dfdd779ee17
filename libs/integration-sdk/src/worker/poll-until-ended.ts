import type { OperationLimits } from '@darkroom/contract';
import { Context } from '@temporalio/activity';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import type { LookResult } from '../call/poll-activity.schema.ts';
import { type Looking, type LookMemory, lookOnce, settleLeftBehind } from './look-once.ts';
import { pause } from './pause.ts';
import type { TaskWork } from './poll-work.ts';

const handedBackAfterMs = 1_000;
// Until then the workflow has heard of the look that was first, and nobody looks again.
const overtakenAfterMs = 10_000;

/** What the heartbeats of an execution carry to the next one. */
export interface Remembered {
  memory: LookMemory;
}

/**
 * Looks at the task at its interval for the expected window, and then once for each execution: a slot that is given back costs nothing
 * while the provider takes its time, and nothing of it is in the history. Where too many slots are held in this way, an execution looks once
 * within the window too.
 */
export async function pollUntilEnded(work: TaskWork, looking: Looking, remembered: Remembered): Promise<LookResult> {
  const slot = work.context.pollSlots.take();
  if (!slot)
    throw givenBack('Too many tasks are looked at; this one comes later.', pacesOf(work.call.limits).slowIntervalMs);
  try {
    return await pollInSlot(behindOthers(work), { looking, remembered, mayStay: slot.mayStay });
  } finally {
    slot.giveBack();
  }
}

async function pollInSlot(
  work: TaskWork,
  { looking, remembered, mayStay }: { looking: Looking; remembered: Remembered; mayStay: boolean },
): Promise<LookResult> {
  const { context, task, call } = work;
  const activity = Context.current();
  const { firstMs, intervalMs, windowMs, slowIntervalMs } = pacesOf(call.limits);
  const firstAt = Date.parse(task.submittedAt) + firstMs;

  const kept = await settleLeftBehind(work, looking);
  if (kept) return kept;
  for (let waitMs = firstAt - context.now().getTime(); ; waitMs = intervalMs) {
    if (waitMs > 0 && !mayStay) throw givenBack('Too many tasks are waited for; this one is looked at later.', waitMs);
    if (waitMs > 0) await pause(waitMs, looking.signal);
    const seen = looking.signal.aborted ? undefined : await lookUnlessAborted(work, remembered.memory, looking);
    if (!seen) {
      const isOvertaken = !context.stopping.aborted && !activity.cancellationSignal.aborted;
      throw givenBack('Another look goes on from here.', isOvertaken ? overtakenAfterMs : handedBackAfterMs);
    }
    if (seen.result.status !== 'pending') return seen.result;
    remembered.memory = seen.memory;
    activity.heartbeat(seen.memory);
    if (context.now().getTime() >= firstAt + windowMs)
      throw givenBack('The expected window is over; the next look comes later.', slowIntervalMs);
    if (!mayStay) throw givenBack('Too many tasks are waited for; the next look comes later.', slowIntervalMs);
  }
}

/** Somebody waits for the answer to every other question to the provider. */
function behindOthers(work: TaskWork): TaskWork {
  const { context } = work;
  const pollBudgetOf = (credentialId: string) => context.pollBudgetOf(credentialId).forLoops();
  return { ...work, context: { ...context, pollBudgetOf } };
}

async function lookUnlessAborted(work: TaskWork, memory: LookMemory, looking: Looking) {
  try {
    return await lookOnce(work, memory, looking);
  } catch (error) {
    if (looking.signal.aborted) return undefined;
    throw error;
  }
}

/** Gives the slot back: no fault of anybody. */
export function givenBack(message: string, afterMs = handedBackAfterMs): ApplicationFailure {
  return ApplicationFailure.create({
    type: 'waiting',
    message,
    nextRetryDelay: afterMs,
    category: ApplicationFailureCategory.BENIGN,
  });
}

/** How often an operation is looked at, where it does not say. */
const paces = { first: 5, interval: 5, window: 300, slowInterval: 30 };

function pacesOf(limits: OperationLimits) {
  return {
    firstMs: (limits.pollFirstSeconds ?? paces.first) * 1000,
    intervalMs: (limits.pollIntervalSeconds ?? paces.interval) * 1000,
    windowMs: (limits.pollWindowSeconds ?? paces.window) * 1000,
    slowIntervalMs: (limits.pollSlowIntervalSeconds ?? paces.slowInterval) * 1000,
  };
}
