import { expect, test } from '@jest/globals';
import { createRecentCallbacks } from './recent-callbacks.ts';

const passedOn = Promise.resolve();

test('a callback is remembered for ten minutes', () => {
  let now = 0;
  const recent = createRecentCallbacks(() => now);
  expect(recent.find('a')).toBeUndefined();

  recent.remember('a', passedOn);
  expect([recent.find('a'), recent.find('b')]).toEqual([passedOn, undefined]);
  now = 10 * 60 * 1000 - 1;
  expect(recent.find('a')).toBe(passedOn);
  now += 1;
  expect(recent.find('a')).toBeUndefined();
});

test('one that could not be passed on is the first again', async () => {
  const recent = createRecentCallbacks();
  const passingOn = Promise.withResolvers<void>();
  recent.remember('a', passingOn.promise);
  expect(recent.find('a')).toBe(passingOn.promise);

  passingOn.reject(new Error('Temporal is away'));
  await expect(passingOn.promise).rejects.toThrow('Temporal is away');
  expect(recent.find('a')).toBeUndefined();
});

test('however many come, only the latest twenty thousand are remembered', () => {
  const recent = createRecentCallbacks();
  for (let index = 0; index <= 20_000; index += 1) recent.remember(String(index), passedOn);

  expect([recent.find('20000'), recent.find('0')]).toEqual([passedOn, undefined]);
});
