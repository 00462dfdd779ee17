import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { watchSilence } from './silence-watch.ts';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

test('calls back once, as soon as nothing came for so long', () => {
  const onSilence = jest.fn();
  const watch = watchSilence(1_000, onSilence, () => Date.now());
  jest.advanceTimersByTime(800);
  watch.heard();
  jest.advanceTimersByTime(999);
  expect(onSilence).not.toHaveBeenCalled();

  jest.advanceTimersByTime(1);
  expect(onSilence).toHaveBeenCalledTimes(1);
  expect(jest.getTimerCount()).toBe(0);
});

test('does not call back after it was stopped', () => {
  const onSilence = jest.fn();
  watchSilence(1_000, onSilence, () => Date.now()).stop();
  jest.advanceTimersByTime(2_000);

  expect(onSilence).not.toHaveBeenCalled();
});
