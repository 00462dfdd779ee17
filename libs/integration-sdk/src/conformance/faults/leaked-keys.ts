import { completesAtOnce, followsTheProof, isTakenInVain, staysInDoubt } from '../expected-end.ts';
import { waitForEvent } from '../wait-for-event.ts';
import { faults, onlyTasks } from './fault.ts';

// As often as a list is asked that cannot be read.
const triesOfList = 8;

/** The provider, or a gateway before it, repeats the key: in answers whose words go on into a workflow. */
export const leakedKeys = faults({
  internal_error_with_key: {
    title: '500 that repeats the key',
    plans: ({ prompt }) => [{ match: prompt, times: 1, fault: { kind: 'internal_error_with_key' } }],
    expected: (traits) => followsTheProof(traits, { charged: 1 }),
  },
  look_with_key: {
    title: 'looks, the last one too: 401 that repeats the key',
    deliveries: onlyTasks,
    hasty: () => true,
    plans: ({ prompt }) => [{ match: prompt, on: 'poll', fault: { kind: 'leaks_key' } }],
    expected: () => isTakenInVain('timed_out'),
  },
  refresh_with_key: {
    title: 'a refresh: 500 that repeats the key, twice',
    deliveries: onlyTasks,
    plans: ({ prompt }) => [
      { match: prompt, taskMs: 1_500 },
      { match: prompt, on: 'poll', times: 2, fault: { kind: 'internal_error_with_key' } },
    ],
    during: async ({ call, client }) => {
      await waitForEvent(client, call.id, 'call.submitted');
      await client.refresh(call.id);
    },
    expected: () => completesAtOnce,
  },
  list_with_key: {
    title: 'a list: 401 that repeats the key',
    // Every list that shows the task is answered so, whoever asks for it.
    setting: 'alone',
    deliveries: onlyTasks,
    findObstacle: ({ lists, callsBack }) => {
      if (!lists) return 'The provider lists no tasks.';
      return callsBack ? 'The callback comes before the list is given up.' : undefined;
    },
    plans: ({ prompt }) => [
      { match: prompt, times: 1, fault: { kind: 'reset_after_accept' } },
      { match: prompt, on: 'list', times: triesOfList, fault: { kind: 'leaks_key' } },
    ],
    expected: (traits) => staysInDoubt(traits, { charged: 1 }),
  },
});
