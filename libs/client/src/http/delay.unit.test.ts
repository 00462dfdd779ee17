import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { delay } from './delay.ts';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

test('waits as long as it is told', async () => {
  let isOver = false;
  const waiting = delay(1_000, undefined).then(() => (isOver = true));

  await jest.advanceTimersByTimeAsync(999);
  expect(isOver).toBe(false);
  await jest.advanceTimersByTimeAsync(1);
  await waiting;
});

test('rejects with the reason of its signal, and leaves no timer behind', async () => {
  const stop = new AbortController();
  const waiting = delay(1_000, stop.signal);
  const reason = new Error('no longer wanted');
  stop.abort(reason);

  await expect(waiting).rejects.toBe(reason);
  await expect(delay(1_000, stop.signal)).rejects.toBe(reason);
  expect(jest.getTimerCount()).toBe(0);
});
