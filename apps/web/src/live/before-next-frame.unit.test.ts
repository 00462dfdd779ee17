import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { beforeNextFrame } from './before-next-frame.ts';

const frames = new Map<number, () => void>();
let drawn = 0;
Object.assign(globalThis, {
  requestAnimationFrame: (run: () => void) => {
    frames.set((drawn += 1), run);
    return drawn;
  },
  cancelAnimationFrame: (frame: number) => void frames.delete(frame),
});

beforeEach(() => {
  jest.useFakeTimers();
  frames.clear();
});
afterEach(() => {
  jest.useRealTimers();
});

test('a page that is drawn runs it with the next frame, once', () => {
  const run = jest.fn();
  beforeNextFrame(run);
  for (const frame of frames.values()) frame();
  jest.advanceTimersByTime(1_000);

  expect(run).toHaveBeenCalledTimes(1);
});

test('a hidden tab, which has no frames, runs it all the same, once', () => {
  const run = jest.fn();
  beforeNextFrame(run);
  jest.advanceTimersByTime(1_000);

  expect(run).toHaveBeenCalledTimes(1);
  expect(frames.size).toBe(0);
});

test('what is called off is not run', () => {
  const run = jest.fn();
  beforeNextFrame(run)();
  jest.advanceTimersByTime(1_000);

  expect([run.mock.calls.length, frames.size]).toEqual([0, 0]);
});
