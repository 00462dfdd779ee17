import { followsTheProof, staysInDoubt } from '../expected-end.ts';
import { faults, onlyTasks } from './fault.ts';
import { withoutCallbacks } from './without-callbacks.ts';

/** The list by which a submission without an answer is looked for does not tell the truth. */
export const lists = faults({
  list_empty: {
    title: 'reset after acceptance, and a list that is empty once',
    deliveries: onlyTasks,
    findObstacle: ({ lists: isListed }) => (isListed ? undefined : 'The provider lists no tasks.'),
    // Side by side another call could ask for the list that is empty.
    setting: 'alone',
    isQuick: true,
    // A callback would be waited for until then.
    hasty: ({ callsBack }) => callsBack,
    plans: (request) => [
      { match: request.prompt, times: 1, fault: { kind: 'reset_after_accept' } },
      { match: request.prompt, on: 'list', times: 1, fault: { kind: 'list_empty' } },
      ...withoutCallbacks(request),
    ],
    expected: (traits) =>
      traits.callsBack ? staysInDoubt(traits, { charged: 1 }) : followsTheProof(traits, { charged: 1 }),
  },
});
