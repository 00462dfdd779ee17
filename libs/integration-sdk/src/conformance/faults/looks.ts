import { completesAtOnce } from '../expected-end.ts';
import { waitForEvent } from '../wait-for-event.ts';
import { type Fault, faults, onlyTasks, type SimulatorPlan } from './fault.ts';

const looksAfterwards = (times: number) => () => ({ ...completesAtOnce, looks: times + 1 });

const asked = (title: string, fault: NonNullable<SimulatorPlan['fault']>, times = 1): Fault => ({
  title,
  deliveries: onlyTasks,
  plans: ({ prompt }) => [{ match: prompt, on: 'poll', times, fault }],
  expected: looksAfterwards(times),
});

/** The provider took the task, and says nothing of use when it is asked for it. */
export const looks = faults({
  look_unavailable: asked("a look: 503 as a proxy's HTML", { kind: 'unavailable_html' }),
  look_empty: asked('a look: 504 without a body', { kind: 'empty_504' }),
  look_internal_error: asked('a look: 500 in the envelope', { kind: 'internal_error' }),
  look_reset: asked('a look: reset', { kind: 'reset' }),
  look_malformed: asked('a look: malformed JSON', { kind: 'malformed_json' }),
  look_slow: { ...asked('a look: answered late', { kind: 'slow', latencyMs: 1_500 }), expected: looksAfterwards(0) },
  look_rate_limited: asked('a look: 429 with a time to wait', { kind: 'rate_limited', retryAfterSeconds: 1 }),
  look_unauthorized: asked('a look: 401, twice', { kind: 'unauthorized' }, 2),
  look_not_found: asked('a look: the task is not known yet, twice', { kind: 'not_found' }, 2),
  look_unknown_status: asked('a look: a status that no document names, twice', { kind: 'unknown_status' }, 2),
  looks_beyond_window: {
    title: 'a task that outlasts the expected window',
    deliveries: onlyTasks,
    plans: ({ prompt }) => [{ match: prompt, taskMs: 6_000 }],
    expected: looksAfterwards(1),
  },
  refreshes: {
    title: 'refreshes while the task runs',
    deliveries: onlyTasks,
    plans: ({ prompt }) => [{ match: prompt, taskMs: 1_500 }],
    during: async ({ call, client }) => {
      await waitForEvent(client, call.id, 'call.submitted');
      for (let times = 0; times < 3; times += 1) await client.refresh(call.id);
    },
    expected: looksAfterwards(0),
  },
});
