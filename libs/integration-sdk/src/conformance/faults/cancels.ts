import type { CancelAnswer } from '@darkroom/contract';
import { completesAtOnce, isCancelled } from '../expected-end.ts';
import type { OperationTraits } from '../operation-traits.ts';
import { waitForEvent, waitForStep, waitForTaskState, waitUntilPaid } from '../wait-for-event.ts';
import { faults, onlyTasks, type Scene } from './fault.ts';

// A quarter of the time a task waits in the provider's queue: long enough for a look and a cancel.
const longTaskMs = 60_000;
const taskMs = ({ cancels }: OperationTraits) => (cancels ? longTaskMs : 1_500);

const runsToItsEnd = { ...completesAtOnce, cancel: 'not_possible' as const };
const isCancelledWhereQueued = ({ cancels }: OperationTraits) => (cancels ? isCancelled : runsToItsEnd);
const needsCancels = ({ cancels }: OperationTraits) =>
  cancels ? undefined : 'The provider cannot be asked to cancel a task.';

async function cancel({ call, client }: Scene, expected: CancelAnswer['result'] = 'cancel_requested'): Promise<void> {
  const { result } = await client.cancel(call.id);
  if (result !== expected) throw new Error(`The cancel was answered "${result}", where "${expected}" was expected.`);
}

async function cancelWhenSubmitted(scene: Scene): Promise<void> {
  await waitForEvent(scene.client, scene.call.id, 'call.submitted');
  await cancel(scene);
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
    expected: () => ({
      status: 'cancelled',
      accepted: 0,
      refused: 0,
      unknown: 0,
      paid: 0,
      cancel: 'before_start',
      billing: 'not_charged',
    }),
  },
  cancel_while_submitting: {
    title: 'cancel while submitting',
    plans: ({ prompt, traits }) => [{ match: prompt, latencyMs: 1_500, taskMs: taskMs(traits) }],
    during: async (scene) => {
      await waitUntilPaid(scene);
      await cancel(scene);
    },
    expected: isCancelledWhereQueued,
  },
  cancel_while_waiting: {
    title: 'cancel while the task waits',
    deliveries: onlyTasks,
    plans: ({ prompt, traits }) => [{ match: prompt, taskMs: taskMs(traits) }],
    during: cancelWhenSubmitted,
    expected: isCancelledWhereQueued,
  },
  cancel_while_running: {
    title: 'cancel while the task runs',
    deliveries: onlyTasks,
    plans: ({ prompt }) => [{ match: prompt, taskMs: 6_000 }],
    during: async (scene) => {
      await waitForTaskState(scene, 'running');
      await cancel(scene);
    },
    expected: () => runsToItsEnd,
  },
  cancel_refused: {
    title: 'cancel that the provider refuses',
    deliveries: onlyTasks,
    findObstacle: needsCancels,
    plans: ({ prompt }) => [
      { match: prompt, taskMs: 8_000 },
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
    cancelAfterMs: 3_000,
    plans: ({ prompt, traits }) => [{ match: prompt, taskMs: traits.cancels ? longTaskMs : 6_000 }],
    expected: isCancelledWhereQueued,
  },
  cancel_at_the_end: {
    title: 'cancel in the moment in which the task ends',
    deliveries: onlyTasks,
    plans: ({ prompt }) => [{ match: prompt, taskMs: longTaskMs }],
    during: async (scene) => {
      const { call, client, stage } = scene;
      await waitForEvent(client, call.id, 'call.submitted');
      const taskId = await waitForTaskState(scene, 'queued');
      await Promise.all([stage.stack.control.finishTask(taskId), client.cancel(call.id)]);
    },
    expected: () => ({ ...completesAtOnce, cancel: 'too_late' }),
  },
  cancel_while_storing: {
    title: 'cancel while the result is stored',
    deliveries: onlyTasks,
    plans: ({ prompt }) => [{ match: prompt, on: 'download', times: 1, fault: { kind: 'slow', latencyMs: 3_000 } }],
    during: async (scene) => {
      await waitForStep(scene, 'storing');
      await cancel(scene);
    },
    expected: () => runsToItsEnd,
  },
  cancel_after_the_end: {
    title: 'cancel after the end',
    during: async (scene) => {
      await scene.client.waitForEnd(scene.call.id);
      await cancel(scene, 'already_terminal');
    },
    expected: () => completesAtOnce,
  },
});
