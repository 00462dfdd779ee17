import { expect, test } from '@jest/globals';
import { goOnSearching, startSearching } from './search-worker.ts';

test('a step that no worker has is offered ever more rarely, every two minutes in the end', () => {
  const pauses: number[] = [];
  let search = startSearching;
  while (pauses.length < 8) {
    search = goOnSearching(search, { kind: 'unknown', attempt: 1 });
    pauses.push(search.pauseSeconds);
  }
  expect(pauses).toEqual([2, 4, 8, 16, 32, 64, 120, 120]);
  expect(search.failedAttempts).toBe(0);
});

test('executions that failed stay counted, and those by workers that do not have the task are none', () => {
  const once = goOnSearching(startSearching, { kind: 'unknown', attempt: 3 });
  expect(once.failedAttempts).toBe(2);
  expect(goOnSearching(once, { kind: 'unknown', attempt: 2 }).failedAttempts).toBe(3);
});
