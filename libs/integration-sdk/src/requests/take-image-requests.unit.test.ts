import { imageRequestSchema } from '@darkroom/contract';
import { describe, expect, test } from '@jest/globals';
import { sizesOfPixels, sizesOfShapes } from './offered-sizes.ts';
import { type ImageRequestTable, takeImageRequests } from './take-image-requests.ts';

const plain = { maxPromptLength: 100, sizes: sizesOfPixels('size', ['512x512', '1024x1024', '1024x512']) };
const shapes = sizesOfShapes({
  ratioField: 'ratio',
  ratios: ['1:1', '16:9', '9:16'],
  classField: 'class',
  classes: [
    { name: '1K', pixels: 1024, isDefault: true },
    { name: '2K', pixels: 2048 },
  ],
  measure: 'square',
  exact: ['1:1'],
});
const bounds = { field: 'size', fewestPixels: 1280 * 720, mostPixels: 4096 * 4096, mostElongated: 16 };

const map = (table: ImageRequestTable, request: object = {}) =>
  takeImageRequests(table).toInput(imageRequestSchema.parse({ type: 'image', prompt: 'a fox', ...request }));
const notHonoured = (table: ImageRequestTable, request: object) =>
  map(table, request).notHonoured.map(({ field }) => field);

describe('a request for images', () => {
  test('has the defaults 1024x1024, photorealistic, one image', () => {
    expect(imageRequestSchema.parse({ type: 'image', prompt: 'a fox' })).toEqual({
      type: 'image',
      prompt: 'a fox',
      width: 1024,
      height: 1024,
      style: 'photorealistic',
      numImages: 1,
    });
  });

  test('that is honoured says so by naming nothing, and how the provider is told of the style', () => {
    expect(map(plain)).toEqual({
      input: { prompt: 'a fox\n\nStyle: photorealistic', size: '1024x1024' },
      notHonoured: [],
      honouredAs: [{ field: 'style', as: 'the last words of the prompt' }],
    });
  });

  test('names each field that the provider has no parameter for, and only those that were asked for', () => {
    const request = { numImages: 4, steps: 30, negativePrompt: 'rain', seed: 7 };
    const { input, notHonoured } = map(plain, request);
    expect(Object.keys(input)).toEqual(['prompt', 'size']);
    expect(notHonoured).toEqual([
      { field: 'numImages', reason: 'One is made: the provider makes one at a time.' },
      { field: 'steps', reason: 'The provider has no such parameter.' },
      { field: 'negativePrompt', reason: 'The provider has no such parameter.' },
      { field: 'seed', reason: 'The provider has no such parameter.' },
    ]);
  });

  test('passes on what the provider has a parameter for', () => {
    const parameters = { steps: 'steps', negativePrompt: 'without', seed: 'seed' };
    const request = { steps: 30, negativePrompt: 'rain', seed: 0 };
    expect(map({ ...plain, parameters }, request)).toMatchObject({
      input: { steps: 30, without: 'rain', seed: 0 },
      notHonoured: [],
    });
  });

  test('for more images than are made at once gets the most that are, and says so', () => {
    const count = { field: 'count', most: 4 };
    expect(map({ ...plain, count }, { numImages: 4 })).toMatchObject({ input: { count: 4 }, notHonoured: [] });
    expect(map({ ...plain, count }, { numImages: 9 })).toMatchObject({
      input: { count: 4 },
      notHonoured: [{ field: 'numImages', reason: 'At most 4 are made at once.' }],
    });
    expect(notHonoured({ ...plain, count: { ...count, remark: 'The model decides.' } }, { numImages: 2 })).toEqual([
      'numImages',
    ]);
  });

  test('whose prompt leaves no room for the style goes without it, and says so', () => {
    const prompt = 'x'.repeat(100);
    expect(map(plain, { prompt })).toMatchObject({
      input: { prompt },
      notHonoured: [{ field: 'style' }],
      honouredAs: [],
    });
  });

  test('takes images where the operation does', () => {
    const images = ['https://a.example/1.png', { uploadId: 'upl_01h2xcejqtf2nbrexx3vqjhp41' }];
    const table = { ...plain, images: { field: 'pictures', presence: 'required' } } as const;
    expect(map(table, { images }).input['pictures']).toEqual(images);
    expect([takeImageRequests(plain).images, takeImageRequests(table).images]).toEqual(['none', 'required']);
  });

  test('knows the field that each field of the input was made from', () => {
    const table = {
      ...plain,
      sizes: shapes,
      count: { field: 'count', most: 2 },
      parameters: { seed: 'randomness' },
      images: { field: 'pictures', presence: 'optional' },
    } as const;
    expect(takeImageRequests(table).origins).toEqual({
      ratio: 'width',
      class: 'width',
      count: 'numImages',
      randomness: 'seed',
      pictures: 'images',
    });
  });
});

describe('a size', () => {
  test.each([
    [{ width: 512, height: 512 }, '512x512', []],
    [{ width: 600, height: 600 }, '512x512', ['width', 'height']],
    [{ width: 900, height: 900 }, '1024x1024', ['width', 'height']],
    [{ width: 1024, height: 600 }, '1024x512', ['height']],
    [{ width: 4000, height: 2000 }, '1024x512', ['width', 'height']],
  ])('of %j becomes the nearest in shape, then in area: %s', (asked, size, fields) => {
    expect(map(plain, asked).input['size']).toBe(size);
    expect(notHonoured(plain, asked)).toEqual(fields);
  });

  test.each([
    [{ width: 2048, height: 2048 }, { ratio: '1:1', class: '2K' }, 0],
    [{ width: 1920, height: 1080 }, { ratio: '16:9' }, 2],
    [{ width: 1080, height: 1920 }, { ratio: '9:16' }, 2],
    [{ width: 4000, height: 2250 }, { ratio: '16:9', class: '2K' }, 2],
  ])('of %j becomes a shape and a class: %j', (asked, expected, faults) => {
    const { input, notHonoured } = map({ ...plain, sizes: shapes }, asked);
    expect(input).toEqual({ prompt: expect.any(String), ...expected });
    expect(notHonoured).toHaveLength(faults);
  });

  test('that is a shape and a class says that the provider decides on the pixels', () => {
    expect(map({ ...plain, sizes: shapes }, { width: 3640, height: 2048 }).notHonoured[0]?.reason).toBe(
      'It is asked for as ratio 16:9, class 2K, the nearest that is offered; the provider decides on the pixels.',
    );
  });

  test.each([
    [{ width: 1024, height: 1024 }, '1024x1024'],
    [{ width: 512, height: 512 }, '960x960'],
    [{ width: 16, height: 16 }, '960x960'],
    [{ width: 16_384, height: 16_384 }, '4096x4096'],
    [{ width: 16_384, height: 16 }, '16384x1024'],
    [{ width: 16, height: 1000 }, '240x3840'],
  ])('of %j becomes one within the bounds: %s', (asked, size) => {
    expect(map({ ...plain, sizes: bounds }, asked).input['size']).toBe(size);
  });

  test('never leaves the bounds, whatever is asked for', () => {
    for (let width = 16; width <= 16_384; width = Math.ceil(width * 1.31)) {
      for (let height = 16; height <= 16_384; height = Math.ceil(height * 1.29)) {
        const size = String(map({ ...plain, sizes: bounds }, { width, height }).input['size']);
        const [across = 0, down = 0] = size.split('x').map(Number);
        expect(across * down).toBeGreaterThanOrEqual(bounds.fewestPixels);
        expect(across * down).toBeLessThanOrEqual(bounds.mostPixels);
        expect(Math.max(across / down, down / across)).toBeLessThanOrEqual(bounds.mostElongated);
      }
    }
  });
});
