import type { CancelAnswer } from '@darkroom/contract';
import { completesAtOnce, type ExpectedEnd, isCancelled } from '../expected-end.ts';
import type { OperationTraits } from '../operation-traits.ts';
import { finishTask, waitForEvent, waitForStep, waitForTaskState, waitUntilPaid } from '../wait-for-event.ts';
import { longestWaitSeconds } from '../wait-until.ts';
import { faults, longTaskMs, onlyTasks, type Scene } from './fault.ts';

// Longer than a busy machine needs for the cancel.
const longAnswerMs = 10_000;
const longDownloadMs = 12_000;
/** A quarter of it the task waits in the provider's queue, which the play waits for, and then the cancel must be in time. */
const soonRunningTaskMs = 40_000;

// Longer than a busy machine needs for the cancel, and shorter than the deadline, or the call would fail at once.
const longRefusalSeconds = 300;

const isUnpaid: ExpectedEnd = {
  status: 'cancelled',
  accepted: 0,
  refused: 0,
  unknown: 0,
  paid: 0,
  cancel: 'before_start',
  billing: 'not_charged',
};
const runsToItsEnd = { ...completesAtOnce, cancel: 'not_possible' as const };
const isCancelledWhereQueued = ({ cancels }: OperationTraits) => (cancels ? isCancelled : runsToItsEnd);
const needsCancels = ({ cancels }: OperationTraits) =>
  cancels ? undefined : 'The provider cannot be asked to cancel a task.';

async function cancel({ call, client }: Scene, expected: CancelAnswer['result'] = 'cancel_requested'): Promise<void> {
  const { result } = await client.cancel(call.id);
  if (result !== expected) throw new Error(`The cancel was answered "${result}", where "${expected}" was expected.`);
}

/** However long the answer to the cancel takes, the task is not over before. */
async function finishWhenAnswered(scene: Scene): Promise<void> {
  await waitForEvent(scene.client, scene.call.id, 'call.cancel_result');
  await finishTask(scene);
}

async function cancelWhenSubmitted(scene: Scene): Promise<void> {
  await waitForEvent(scene.client, scene.call.id, 'call.submitted');
  await cancel(scene);
  await finishWhenAnswered(scene);
}

/** A cancel at each stage: what can be stopped is stopped, and the rest runs to its end and is kept. */
export const cancels = faults({
  cancel_before_start: {
    title: 'cancel before the start',
    setting: 'alone',
    before: async ({ worker }) => {
      await worker.service.stop();
    },
    during: async (scene) => {
      await cancel(scene, 'cancelled');
      await scene.stage.worker.start();
    },
    expected: () => isUnpaid,
  },
  cancel_while_submitting: {
    title: 'cancel while submitting',
    plans: ({ prompt }) => [{ match: prompt, latencyMs: longAnswerMs, taskMs: longTaskMs }],
    during: async (scene) => {
      await waitUntilPaid(scene);
      await cancel(scene);
      await finishWhenAnswered(scene);
    },
    expected: isCancelledWhereQueued,
  },
  cancel_while_rate_limited: {
    title: 'cancel while it waits for the rate limit',
    plans: ({ prompt }) => [{ match: prompt, fault: { kind: 'rate_limited', retryAfterSeconds: longRefusalSeconds } }],
    during: async (scene) => {
      await waitForEvent(scene.client, scene.call.id, 'call.submission_refused');
      await cancel(scene, 'cancelled');
    },
    expected: () => ({ ...isUnpaid, refused: 1, waitSeconds: longRefusalSeconds }),
  },
  cancel_while_waiting: {
    title: 'cancel while the task waits',
    deliveries: onlyTasks,
    plans: ({ prompt }) => [{ match: prompt, taskMs: longTaskMs }],
    during: cancelWhenSubmitted,
    expected: isCancelledWhereQueued,
  },
  cancel_while_running: {
    title: 'cancel while the task runs',
    deliveries: onlyTasks,
    plans: ({ prompt }) => [{ match: prompt, taskMs: soonRunningTaskMs }],
    during: async (scene) => {
      await waitForTaskState(scene, 'running');
      await cancel(scene);
      await finishWhenAnswered(scene);
    },
    expected: () => runsToItsEnd,
  },
  cancel_refused: {
    title: 'cancel that the provider refuses',
    deliveries: onlyTasks,
    findObstacle: needsCancels,
    plans: ({ prompt }) => [
      { match: prompt, taskMs: longTaskMs },
      { match: prompt, on: 'cancel', fault: { kind: 'cancel_conflict' } },
    ],
    during: cancelWhenSubmitted,
    expected: () => runsToItsEnd,
  },
  cancel_unanswered: {
    title: "cancel that is answered by a proxy's HTML, once",
    deliveries: onlyTasks,
    findObstacle: needsCancels,
    plans: ({ prompt }) => [
      { match: prompt, taskMs: longTaskMs },
      { match: prompt, on: 'cancel', times: 1, fault: { kind: 'unavailable_html' } },
    ],
    during: cancelWhenSubmitted,
    expected: () => isCancelled,
  },
  cancel_at_a_time: {
    title: 'cancel at a time that was set before',
    // Side by side it could come before the start.
    setting: 'alone',
    deliveries: onlyTasks,
    cancelAfterMs: 8_000,
    plans: ({ prompt }) => [{ match: prompt, taskMs: longTaskMs }],
    during: finishWhenAnswered,
    expected: isCancelledWhereQueued,
  },
  cancel_at_the_end: {
    title: 'cancel right after the task has ended',
    deliveries: onlyTasks,
    plans: ({ prompt }) => [{ match: prompt, taskMs: longTaskMs }],
    during: async (scene) => {
      const { call, client, stage } = scene;
      await waitForEvent(client, call.id, 'call.submitted');
      const taskId = await waitForTaskState(scene, 'queued');
      // The other way round the worker could see a task that waits, and have the provider forget one that has ended.
      await stage.stack.control.finishTask(taskId);
      await client.cancel(call.id);
    },
    expected: () => ({ ...completesAtOnce, cancel: 'too_late' }),
  },
  cancel_while_storing: {
    title: 'cancel while the result is stored',
    deliveries: onlyTasks,
    plans: ({ prompt }) => [
      { match: prompt, on: 'download', times: 1, fault: { kind: 'slow', latencyMs: longDownloadMs } },
    ],
    during: async (scene) => {
      await waitForStep(scene, 'storing');
      await cancel(scene);
    },
    expected: () => runsToItsEnd,
  },
  cancel_after_the_end: {
    title: 'cancel after the end',
    during: async (scene) => {
      await scene.client.waitForEnd(scene.call.id, longestWaitSeconds);
      await cancel(scene, 'already_terminal');
    },
    expected: () => completesAtOnce,
  },
});
