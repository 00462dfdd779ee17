import { describe, expect, test } from '@jest/globals';
import { definition } from './definition.ts';
import { settings } from './settings.ts';

describe('the input', () => {
  const faultsOf = (operation: 'text-to-image' | 'image-to-image', input: unknown) =>
    (definition.operations[operation].input.safeParse(input).error?.issues ?? []).map(({ path, code }) => [
      path.join('/'),
      code,
    ]);

  test('takes a prompt alone', () => {
    expect(faultsOf('text-to-image', { prompt: 'a lighthouse at dawn' })).toEqual([]);
  });

  test.each([
    ['an empty prompt', { prompt: '' }, 'prompt'],
    ['a prompt of blanks', { prompt: ' \n\t' }, 'prompt'],
    ['a prompt that is too long', { prompt: 'a'.repeat(20_001) }, 'prompt'],
    ['no prompt', {}, 'prompt'],
    ['an unknown size', { prompt: 'a', imageSize: '8K' }, 'imageSize'],
    ['an unknown aspect ratio', { prompt: 'a', aspectRatio: '7:3' }, 'aspectRatio'],
    ['an unknown field', { prompt: 'a', seed: 1 }, ''],
  ])('refuses %s with its path', (_, input, path) => {
    expect(faultsOf('text-to-image', input)).toMatchObject([[path, expect.any(String)]]);
  });

  test.each([
    ['no image', { prompt: 'a', images: [] }, 'images'],
    [
      'more than fourteen',
      { prompt: 'a', images: Array.from({ length: 15 }, () => 'https://a.example/1.png') },
      'images',
    ],
    ['one that is no address', { prompt: 'a', images: ['1.png'] }, 'images/0'],
    [
      'one that is no web address',
      { prompt: 'a', images: ['https://a.example/1.png', 'file:///etc/passwd'] },
      'images/1',
    ],
  ])('of an edit refuses %s', (_, input, path) => {
    expect(faultsOf('image-to-image', input)).toMatchObject([[path, expect.any(String)]]);
  });
});

test('every setting is required, and the simulator has each of them in every dialect', () => {
  for (const dialect of ['gemini', 'images', 'chat']) {
    const simulated: Record<string, string> = definition.simulatorSettings('http://127.0.0.1:3900', { dialect });
    for (const [name, { schema }] of Object.entries(settings)) {
      expect(schema.safeParse(undefined).success).toBe(false);
      expect(schema.safeParse(simulated[name]).success).toBe(true);
    }
  }
});

test('the design’s limits: ten minutes for the provider, three submissions, images are asked for again', () => {
  expect(definition.taskQueue).toBe('nanobanana2-image-tasks');
  expect(definition.operations['text-to-image'].limits).toEqual({
    deadlineSeconds: 600,
    maxSubmissions: 3,
    maxQueueSeconds: 86_400,
    whenOutcomeUnknown: 'resubmit',
  });
});
