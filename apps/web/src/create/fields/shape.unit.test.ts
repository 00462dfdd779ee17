import { expect, test } from '@jest/globals';
import { ratioOf, shapeWithin } from './shape.ts';

test.each([
  ['16:9', 16 / 9],
  ['1024x1792', 1024 / 1792],
  ['auto', undefined],
  ['1K', undefined],
])('%s', (choice, ratio) => {
  expect(ratioOf(choice)).toBe(ratio);
});

test('the longest shapes can still be seen', () => {
  expect(shapeWithin(8)).toEqual({ width: 1, height: 0.2 });
  expect(shapeWithin(1 / 8)).toEqual({ width: 0.2, height: 1 });
});
