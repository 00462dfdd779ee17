import { expect, test } from '@jest/globals';
import { type Clocks, systemTimeOffset } from './system-time-offset.ts';

const startedAt = 1_800_000_000_000;

/** Clocks that a process reads once in a hundredth of a millisecond, unless it is interrupted before one of its looks at its own. */
function clocks(interruptedMs: readonly number[]): Clocks {
  const interruptions = [...interruptedMs];
  let elapsed = 0;
  return {
    system: () => Math.floor(startedAt + (elapsed += 0.01)),
    own: () => (elapsed += interruptions.shift() ?? 0),
  };
}

test('the offset between the clocks is found to a fraction of a millisecond', () => {
  expect(systemTimeOffset(clocks([]))).toBeCloseTo(startedAt, 1);
});

test('it is the same where the process is interrupted between its looks at both', () => {
  expect(systemTimeOffset(clocks([7, 20, 3]))).toBeCloseTo(startedAt, 1);
});
