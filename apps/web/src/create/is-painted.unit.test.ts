import { expect, test } from '@jest/globals';
import { isPainted } from './is-painted.ts';

test('one pixel that is painted makes a mask, and nothing makes none', () => {
  const pixels = new Uint8ClampedArray(4 * 6);
  expect(isPainted(pixels)).toBe(false);
  pixels.set([255, 255, 255, 255], 4 * 5);

  expect(isPainted(pixels)).toBe(true);
});
