import { expect, test } from '@jest/globals';
import { activeCallsOf, callsOfConnection, sharedCallOf } from './followed-calls.ts';

test.each([1, 40, 1_000])('every call has one of %s connections that follows it alone', (connections) => {
  const followed = Array.from({ length: connections }, (_, connection) => callsOfConnection(connection, connections));
  const numbers = Array.from({ length: sharedCallOf(connections) }, (_, call) => call);
  expect(followed.every((calls) => calls.length > 0)).toBe(true);
  expect(followed.flat().sort((a, b) => a - b)).toEqual(numbers);
});

test.each([
  [1, 100, 99],
  [1_000, 200, 995],
  [5_000, 200, 4_975],
])('with %s connections, events are of %s calls that are spread over all', (connections, count, last) => {
  const active = activeCallsOf(connections);
  expect([active.length, active[0], active.at(-1)]).toEqual([count, 0, last]);
});
