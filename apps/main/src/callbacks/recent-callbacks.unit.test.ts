import { expect, test } from '@jest/globals';
import { createRecentCallbacks } from './recent-callbacks.ts';

test('a callback is the first of its kind once in ten minutes', () => {
  let now = 0;
  const recent = createRecentCallbacks(() => now);

  expect([recent.isFirst('a'), recent.isFirst('a'), recent.isFirst('b')]).toEqual([true, false, true]);
  now = 10 * 60 * 1000 - 1;
  expect(recent.isFirst('a')).toBe(false);
  now += 1;
  expect(recent.isFirst('a')).toBe(true);
});

test('one that could not be passed on is the first again', () => {
  const recent = createRecentCallbacks();
  recent.isFirst('a');
  recent.forget('a');

  expect(recent.isFirst('a')).toBe(true);
});

test('however many come, only the latest twenty thousand are remembered', () => {
  const recent = createRecentCallbacks();
  for (let index = 0; index <= 20_000; index += 1) recent.isFirst(String(index));

  expect([recent.isFirst('20000'), recent.isFirst('0')]).toEqual([false, true]);
});
