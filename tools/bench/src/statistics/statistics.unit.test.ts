import { describe, expect, test } from '@jest/globals';
import { median } from './median.ts';
import { percentile } from './percentile.ts';

describe('median', () => {
  test('is the middle value in whatever order the rounds came', () => {
    expect(median([9, 1, 5])).toBe(5);
  });

  test('is the mean of the two middle values where their number is even', () => {
    expect(median([4, 1, 2, 100])).toBe(3);
  });

  test('one round that went wrong does not move it far', () => {
    expect(median([2, 2.1, 900])).toBe(2.1);
  });

  test('of nothing is refused instead of being zero', () => {
    expect(() => median([])).toThrow(RangeError);
  });
});

describe('percentile', () => {
  const oneToHundred = Array.from({ length: 100 }, (_, index) => 100 - index);

  test.each([
    [50, 50],
    [99, 99],
    [100, 100],
  ])('%s %% of the values from 1 to 100 do not exceed %s', (percent, value) => {
    expect(percentile(oneToHundred, percent)).toBe(value);
  });

  test('is always a value that was measured', () => {
    expect(percentile([3, 7], 50)).toBe(3);
    expect(percentile([3], 99)).toBe(3);
  });

  test('of nothing says that no request was made', () => {
    expect(() => percentile([], 50)).toThrow('made no request');
  });
});
