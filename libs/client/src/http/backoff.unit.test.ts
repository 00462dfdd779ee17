import { expect, test } from '@jest/globals';
import { backoffMs } from './backoff.ts';

test('doubles the pause with every failure, up to the longest', () => {
  const pauses = [1, 2, 3, 4, 5, 60].map((failures) =>
    backoffMs(failures, { firstMs: 500, mostMs: 4_000, random: () => 0 }),
  );

  expect(pauses).toEqual([500, 1_000, 2_000, 4_000, 4_000, 4_000]);
});

test('has none where the first is none, however often it failed', () => {
  expect(backoffMs(5_000, { firstMs: 0, mostMs: 4_000 })).toBe(0);
});

test('shortens it by half at most', () => {
  expect(backoffMs(1, { firstMs: 500, mostMs: 4_000, random: () => 1 })).toBe(250);
});
