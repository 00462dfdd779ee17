import { expect, test } from '@jest/globals';
import { findMediaFault } from './find-media-fault.ts';

const file = { contentType: 'image/png', bytes: 1000, width: 640, height: 480 };
const limits = {
  contentTypes: ['image/png', 'image/jpeg'],
  maxBytes: 1000,
  minSide: 480,
  maxSide: 640,
  minRatio: 0.4,
  maxRatio: 2.5,
};

test('a file within the limits of the provider, or without any, has no fault', () => {
  expect(findMediaFault(file, limits)).toBeUndefined();
  expect(findMediaFault({ ...file, bytes: 1e9, width: 1, height: 1e6 }, {})).toBeUndefined();
});

test.each([
  [{ contentType: 'image/avif' }, 'it has to be image/png, image/jpeg.'],
  [{ bytes: 1001 }, 'it may have 1000 bytes.'],
  [{ height: 479 }, 'each side has to have 480 pixels.'],
  [{ width: 641 }, 'no side may have more than 640 pixels.'],
])('%j is said with what the provider takes', (change, advice) => {
  expect(findMediaFault({ ...file, ...change }, limits)).toContain(advice);
});

test.each([
  [300, 1000],
  [1000, 300],
])('%i × %i is too narrow or too wide', (width, height) => {
  expect(findMediaFault({ ...file, width, height }, { minRatio: 0.4, maxRatio: 2.5 })).toMatch(/between 0.4 and 2.5/);
});
