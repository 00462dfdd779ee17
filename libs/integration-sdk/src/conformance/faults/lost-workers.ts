import { completesAtOnce, followsTheProof } from '../expected-end.ts';
import { waitForCallback, waitForEvent, waitForStep, waitUntilPaid } from '../wait-for-event.ts';
import { faults, onlyTasks } from './fault.ts';

// Longer than it takes to bring all calls to the step at which the worker is killed: the kill ends it.
const longMs = 240_000;
// Longer than all of them take to be brought there, too, and the next worker waits for its end.
const taskMs = 60_000;
// Longer than a busy machine needs to hear that the last calls are at the provider, and to kill `main`.
const reportAfterMs = 12_000;

/** Our own process ends at the worst time. */
export const lostWorkers = faults({
  killed_while_submitting: {
    title: 'the worker is killed while it submits',
    setting: 'kill',
    plans: ({ prompt }) => [{ match: prompt, times: 1, latencyMs: longMs }],
    during: async (scene) => {
      await waitUntilPaid(scene);
      if (scene.traits.callsBack) await waitForCallback(scene);
    },
    expected: (traits) => followsTheProof(traits, { charged: 1 }),
  },
  killed_while_waiting: {
    title: 'the worker is killed while it waits',
    setting: 'kill',
    deliveries: onlyTasks,
    plans: ({ prompt }) => [{ match: prompt, taskMs }],
    during: ({ call, client }) => waitForEvent(client, call.id, 'call.submitted'),
    expected: () => completesAtOnce,
  },
  killed_while_storing: {
    title: 'the worker is killed while it stores',
    setting: 'kill',
    deliveries: onlyTasks,
    plans: ({ prompt }) => [{ match: prompt, on: 'download', times: 1, fault: { kind: 'slow', latencyMs: longMs } }],
    during: (scene) => waitForStep(scene, 'storing'),
    expected: () => completesAtOnce,
  },
  killed_while_reporting: {
    title: 'the worker is killed while it reports',
    setting: 'kill',
    losesReport: true,
    plans: ({ prompt, traits }) => [
      traits.delivery === 'call'
        ? { match: prompt, times: 1, latencyMs: reportAfterMs }
        : { match: prompt, taskMs: reportAfterMs },
    ],
    during: waitUntilPaid,
    expected: () => completesAtOnce,
  },
});
