import { describe, expect, test } from '@jest/globals';
import { checkFile, limitsFor } from './check-file.ts';

const uploads = { maxImageBytes: 30 * 1024 * 1024, maxVideoBytes: 200 * 1024 * 1024 };
const imageLimits = limitsFor({ media: 'image', limits: {} }, uploads);
const videoLimits = limitsFor({ media: 'video', limits: {} }, uploads);
const png = { contentType: 'image/png', bytes: 1000, size: { width: 800, height: 600 } };

test('a good file has no fault', () => {
  expect(checkFile(png, imageLimits)).toBeUndefined();
  expect(checkFile({ ...png, contentType: 'video/mp4' }, videoLimits)).toBeUndefined();
});

test("Apple's form of MP4 is taken where MP4 is", () => {
  const taking = (contentTypes: string[]) =>
    limitsFor({ media: 'video', limits: { contentTypes } }, uploads).contentTypes;

  expect(taking(['video/mp4'])).toEqual(['video/mp4', 'video/x-m4v']);
  expect(taking(['video/quicktime'])).toEqual(['video/quicktime']);
});

test('of a video that this browser does not open the server judges', () => {
  expect(checkFile({ contentType: 'video/quicktime', bytes: 1000, size: undefined }, videoLimits)).toBeUndefined();
  expect(checkFile({ contentType: 'video/x-msvideo', bytes: 1000, size: undefined }, videoLimits)).toMatchObject({
    code: 'file_type',
  });
});

test('what the operation takes holds beside what every upload may be', () => {
  const taken = {
    contentTypes: ['image/jpeg', 'image/gif'],
    maxBytes: 40_000_000,
    maxPixels: 36_000_000,
    minSide: 300,
  };
  const limits = limitsFor({ media: 'image', limits: taken }, uploads);

  expect(limits).toMatchObject({ contentTypes: ['image/jpeg'], maxBytes: 31_457_280, minSide: 300 });
  expect(limitsFor({ media: 'image', limits: { maxBytes: 1000 } }, uploads).maxBytes).toBe(1000);
  expect(checkFile(png, limits)).toEqual({ code: 'file_type', allowed: ['image/jpeg'] });
});

test('a field that takes fewer pixels than every upload may have says so before the file is sent', () => {
  const size = { width: 8000, height: 5000 };
  const limits = (maxPixels: number) => limitsFor({ media: 'image', limits: { maxPixels } }, uploads);

  expect(checkFile({ ...png, size }, limits(36_000_000))).toMatchObject({ code: 'file_pixels', maxPixels: 36_000_000 });
  expect(checkFile({ ...png, size }, limits(90_000_000))).toBeUndefined();
  expect(limits(90_000_000).maxPixels).toBe(64_000_000);
});

test('how large a file may be the server says; until it has, no file is refused for its size', () => {
  const large = { contentType: 'video/mp4', bytes: 300 * 1024 * 1024, size: undefined };
  const video = { media: 'video' as const, limits: {} };

  expect(checkFile(large, limitsFor(video, { ...uploads, maxVideoBytes: 400 * 1024 * 1024 }))).toBeUndefined();
  expect(checkFile(large, limitsFor(video, { ...uploads, maxVideoBytes: 1024 }))).toEqual({
    code: 'file_too_large',
    bytes: large.bytes,
    maxBytes: 1024,
  });
  expect(checkFile(large, limitsFor(video, undefined))).toBeUndefined();
});

describe('says why a file would be refused', () => {
  test.each([
    ['a GIF', { ...png, contentType: 'image/gif' }, { code: 'file_type' }],
    ['a text that is called an image', { ...png, size: undefined }, { code: 'file_unreadable' }],
    ['nothing', { ...png, bytes: 0 }, { code: 'file_empty' }],
    ['31 MB', { ...png, bytes: 31 * 1024 * 1024 }, { code: 'file_too_large' }],
    ['65 megapixels', { ...png, size: { width: 13_000, height: 5_000 } }, { code: 'file_pixels' }],
  ])('%s', (_what, facts, fault) => {
    expect(checkFile(facts, imageLimits)).toMatchObject(fault);
  });

  test.each([
    ['a side that is too short', { width: 299, height: 400 }, 'file_side'],
    ['a side that is too long', { width: 3000, height: 6001 }, 'file_side'],
    ['a shape that is too long', { width: 3000, height: 1000 }, 'file_ratio'],
  ])('%s, where the operation has limits of its own', (_what, size, code) => {
    const limits = { ...imageLimits, minSide: 300, maxSide: 6000, minRatio: 0.4, maxRatio: 2.5 };

    expect(checkFile({ ...png, size }, limits)).toMatchObject({ code });
  });
});
