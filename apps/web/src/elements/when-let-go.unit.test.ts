import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { whenLetGo } from './when-let-go.ts';

let isHeld: boolean;
let calls: number;
const begin = () => whenLetGo(() => (calls += 1), { ms: 8_000, againMs: 2_000, isHeld: () => isHeld });

beforeEach(() => {
  jest.useFakeTimers();
  isHeld = false;
  calls = 0;
});
afterEach(() => {
  jest.useRealTimers();
});

test('what nobody holds goes when its time is over', () => {
  begin();
  jest.advanceTimersByTime(7_999);
  expect(calls).toBe(0);
  jest.advanceTimersByTime(1);

  expect(calls).toBe(1);
});

test('what is pointed at or has the focus stays, and goes a moment after it is let go', () => {
  begin();
  isHeld = true;
  jest.advanceTimersByTime(60_000);
  expect(calls).toBe(0);
  isHeld = false;
  jest.advanceTimersByTime(2_000);

  expect([calls, jest.getTimerCount()]).toEqual([1, 0]);
});

test('what is shown when the page begins to stand still is there when it goes on', () => {
  begin();
  // However long it stood still, of what is overdue each timer runs once.
  jest.advanceTimersToNextTimer();

  expect(calls).toBe(0);
});

test('what is ended while it is held calls nobody any more', () => {
  isHeld = true;
  const end = begin();
  jest.advanceTimersByTime(9_000);
  end();
  isHeld = false;
  jest.runAllTimers();

  expect([calls, jest.getTimerCount()]).toEqual([0, 0]);
});
