import { describe, expect, test } from '@jest/globals';
import { definition } from './definition.ts';
import { settings } from './settings.ts';

describe('the input', () => {
  const faultsOf = (operation: 'text-to-image' | 'image-to-image', input: unknown) =>
    (definition.operations[operation].input.safeParse(input).error?.issues ?? []).map(({ path }) => path.join('/'));

  test('takes a prompt alone', () => {
    expect(faultsOf('text-to-image', { prompt: 'a lighthouse at dawn' })).toEqual([]);
  });

  test.each(['1K', '2K', '4K', '1280x720', '4096x4096', '3840x240', '5404x3039'])('takes the size %s', (size) => {
    expect(faultsOf('text-to-image', { prompt: 'a', size })).toEqual([]);
  });

  test.each([
    ['a prompt of blanks', { prompt: ' ' }, 'prompt'],
    ['an unknown size', { prompt: 'a', size: '8K' }, 'size'],
    ['too few pixels', { prompt: 'a', size: '1279x720' }, 'size'],
    ['too many pixels', { prompt: 'a', size: '4097x4096' }, 'size'],
    ['a ribbon', { prompt: 'a', size: '4100x255' }, 'size'],
    ['no image', { prompt: 'a', count: 0 }, 'count'],
    ['sixteen images', { prompt: 'a', count: 16 }, 'count'],
    ['an unknown field', { prompt: 'a', seed: 1 }, ''],
  ])('refuses %s with its path', (_, input, path) => {
    expect(faultsOf('text-to-image', input)).toEqual([path]);
  });

  test('of an edit takes one to ten images, uploads among them', () => {
    const images = (count: number) => Array.from({ length: count }, () => 'https://a.example/1.png');
    expect(faultsOf('image-to-image', { prompt: 'a', images: images(10) })).toEqual([]);
    expect(
      faultsOf('image-to-image', { prompt: 'a', images: [{ uploadId: 'upl_01h455vb4pex5vsknk084sn02q' }] }),
    ).toEqual([]);
    expect(faultsOf('image-to-image', { prompt: 'a', images: [] })).toEqual(['images']);
    expect(faultsOf('image-to-image', { prompt: 'a', images: images(11) })).toEqual(['images']);
  });
});

test('every setting is required, and the simulator has each of them', () => {
  const simulated: Record<string, string> = definition.simulatorSettings('http://127.0.0.1:3900', {});
  for (const [name, { schema }] of Object.entries(settings)) {
    expect(schema.safeParse(undefined).success).toBe(false);
    expect(schema.safeParse(simulated[name]).success).toBe(true);
  }
});

test('a group has fifteen minutes, and is not paid for twice where nobody knows', () => {
  expect(definition.operations['text-to-image'].limits).toMatchObject({
    deadlineSeconds: 900,
    whenOutcomeUnknown: 'fail',
  });
});
