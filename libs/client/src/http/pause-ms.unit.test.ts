import { expect, test } from '@jest/globals';
import { DarkroomError } from '../darkroom-error.ts';
import { pauseMs } from './pause-ms.ts';

const backoff = { firstMs: 100, mostMs: 1_000, random: () => 0 };
const asksFor = (retryAfterSeconds?: number) =>
  new DarkroomError('database_unavailable', 'Wait.', { retryAfterSeconds });

test('grows with the failures, up to the longest', () => {
  expect([1, 2, 3, 9].map((failures) => pauseMs(asksFor(), failures, backoff))).toEqual([100, 200, 400, 1_000]);
});

test('never ends before what the server asks for, and not at the same moment for everybody', () => {
  expect(pauseMs(asksFor(30), 1, backoff)).toBe(30_100);
  expect(pauseMs(asksFor(30), 1, { ...backoff, random: () => 1 })).toBe(30_050);
});

test('is an hour at most, also where the server asks for years', () => {
  expect(pauseMs(asksFor(999_999_999), 1, backoff)).toBe(3_600_100);
});
