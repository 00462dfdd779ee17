import { isTerminal } from '@darkroom/contract';
import { completesAtOnce } from '../expected-end.ts';
import { finishTask, waitForEvent, waitForLooks } from '../wait-for-event.ts';
import { eagerLooks } from '../stage.ts';
import { waitUntil } from '../wait-until.ts';
import { type Fault, faults, longTaskMs, onlyTasks, type SimulatorPlan } from './fault.ts';
import { withoutCallbacks } from './without-callbacks.ts';

const looksAfterwards = (times: number) => () => ({ ...completesAtOnce, looks: times + 1 });

const asked = (title: string, fault: NonNullable<SimulatorPlan['fault']>, times = 1): Fault => ({
  title,
  deliveries: onlyTasks,
  plans: ({ prompt }) => [{ match: prompt, on: 'poll', times, fault }],
  expected: looksAfterwards(times),
});

const patienceSeconds = 2;

/** The provider took the task, and says nothing of use when it is asked for it. */
export const looks = faults({
  look_unavailable: asked("a look: 503 as a proxy's HTML", { kind: 'unavailable_html' }),
  look_empty: asked('a look: 504 without a body', { kind: 'empty_504' }),
  look_internal_error: asked('a look: 500 in the envelope', { kind: 'internal_error' }),
  look_reset: asked('a look: reset', { kind: 'reset' }),
  look_malformed: asked('a look: malformed JSON', { kind: 'malformed_json' }),
  look_slow: { ...asked('a look: answered late', { kind: 'slow', latencyMs: 1_500 }), expected: looksAfterwards(0) },
  look_rate_limited: {
    title: 'a look: 429 with a time to wait',
    deliveries: onlyTasks,
    // A callback could begin a second look while the answer to the first one is on its way.
    plans: (request) => [
      {
        match: request.prompt,
        on: 'poll',
        times: 1,
        fault: { kind: 'rate_limited', retryAfterSeconds: patienceSeconds },
      },
      ...withoutCallbacks(request),
    ],
    expected: () => ({ ...looksAfterwards(1)(), lookWaitSeconds: patienceSeconds }),
  },
  look_unauthorized: asked('a look: 401, twice', { kind: 'unauthorized' }, 2),
  look_not_found: asked('a look: the task is not known yet, twice', { kind: 'not_found' }, 2),
  look_unknown_status: asked('a look: a status that no document names, twice', { kind: 'unknown_status' }, 2),
  looks_beyond_window: {
    title: 'a task that outlasts the expected window',
    deliveries: onlyTasks,
    plans: ({ prompt }) => [{ match: prompt, taskMs: longTaskMs }],
    during: async (scene) => {
      await waitForLooks(scene, { overSeconds: eagerLooks.pollWindowSeconds + eagerLooks.pollSlowIntervalSeconds });
      await finishTask(scene);
    },
    expected: looksAfterwards(2),
  },
  refreshes: {
    title: 'refreshes, and nobody else looks',
    deliveries: onlyTasks,
    isUnasked: true,
    plans: (request) => [{ match: request.prompt, taskMs: longTaskMs }, ...withoutCallbacks(request)],
    during: async (scene) => {
      const { call, client } = scene;
      await waitForEvent(client, call.id, 'call.submitted');
      await client.refresh(call.id);
      await waitForLooks(scene);
      await finishTask(scene);
      // Refreshes that come too soon after another one are left out.
      await waitUntil('the end after a refresh', async () => isTerminal((await client.refresh(call.id)).status));
    },
    expected: looksAfterwards(1),
  },
});
