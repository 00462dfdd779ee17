import { expect, test } from '@jest/globals';
import { busyPauseSeconds } from './busy-pause.ts';

test('who finds no place comes again within a minute, and then more and more rarely, at least every half an hour', () => {
  expect([1, 2, 3, 6, 10_000].map((tries) => busyPauseSeconds(tries, 1))).toEqual([60, 120, 240, 1_800, 1_800]);
  expect([1, 10_000].map((tries) => busyPauseSeconds(tries, 0))).toEqual([2, 2]);
});
