import { describe, expect, test } from '@jest/globals';
import { layOut, placeAfterKey } from './grid-layout.ts';

test.each([
  [360, 2],
  [700, 3],
  [1440, 6],
])('a width of %i pixels has %i columns, which fill it', (width, columns) => {
  const layout = layOut(width);

  expect(layout.columns).toBe(columns);
  expect(layout.side * columns + 8 * (columns - 1)).toBeCloseTo(width);
});

describe('keys lead through a grid of 4 columns and 10 items', () => {
  test.each([
    ['ArrowRight', 3, 4],
    ['ArrowLeft', 0, undefined],
    ['ArrowDown', 1, 5],
    ['ArrowUp', 2, undefined],
    ['ArrowDown', 7, 9],
    ['ArrowDown', 9, undefined],
    ['Home', 6, 4],
    ['End', 8, 9],
    ['PageDown', 0, 9],
    ['a', 0, undefined],
  ])('%s from %i', (key, place, next) => {
    expect(placeAfterKey(key, place, { columns: 4, count: 10 })).toBe(next);
  });
});
