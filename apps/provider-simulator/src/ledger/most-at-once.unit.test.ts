import { expect, test } from '@jest/globals';
import { mostAtOnce } from './most-at-once.ts';

test('nothing is none at once', () => {
  expect(mostAtOnce([])).toBe(0);
});

test('one after the other is one at once', () => {
  expect(
    mostAtOnce([
      { began: 1, ended: 2 },
      { began: 3, ended: 4 },
    ]),
  ).toBe(1);
});

test('overlapping ones add up, and one without an end is still there', () => {
  const spans = [{ began: 1 }, { began: 2, ended: 5 }, { began: 3, ended: 4 }, { began: 6 }];
  expect(mostAtOnce(spans)).toBe(3);
});
