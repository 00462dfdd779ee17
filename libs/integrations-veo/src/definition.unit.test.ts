import { describe, expect, test } from '@jest/globals';
import { definition } from './definition.ts';
import { settings } from './settings.ts';

type OperationName = keyof typeof definition.operations;
const faultsOf = (operation: OperationName, input: unknown) =>
  (definition.operations[operation].input.safeParse(input).error?.issues ?? []).map(({ path }) => path.join('/'));
const image = 'https://a.example/1.png';

describe('the input', () => {
  test.each<[OperationName, Record<string, unknown>]>([
    ['text-to-video', { prompt: 'waves' }],
    [
      'text-to-video',
      {
        prompt: 'waves',
        negativePrompt: 'people',
        aspectRatio: '9:16',
        resolution: '1080p',
        durationSeconds: 8,
        personGeneration: 'dont_allow',
        sampleCount: 2,
      },
    ],
    ['image-to-video', { prompt: 'waves', image }],
    ['image-to-video', { prompt: 'waves', image: { uploadId: 'upl_01h2xcejqtf2nbrexx3vqjhp41' }, lastFrame: image }],
    ['image-to-video', { prompt: 'waves', referenceImages: [image, image, image] }],
  ])('of %s takes %j', (operation, input) => {
    expect(faultsOf(operation, input)).toEqual([]);
  });

  test.each<[string, OperationName, Record<string, unknown>, string]>([
    ['a prompt of blanks', 'text-to-video', { prompt: ' ' }, 'prompt'],
    ['a length that no model makes', 'text-to-video', { prompt: 'a', durationSeconds: 5 }, 'durationSeconds'],
    ['five videos', 'text-to-video', { prompt: 'a', sampleCount: 5 }, 'sampleCount'],
    ['a field that the API does not take', 'text-to-video', { prompt: 'a', seed: 1 }, ''],
    ['no image at all', 'image-to-video', { prompt: 'a' }, 'image'],
    ['a first frame beside references', 'image-to-video', { prompt: 'a', image, referenceImages: [image] }, 'image'],
    [
      'a last frame without a first',
      'image-to-video',
      { prompt: 'a', lastFrame: image, referenceImages: [image] },
      'lastFrame',
    ],
    [
      'four references',
      'image-to-video',
      { prompt: 'a', referenceImages: [image, image, image, image] },
      'referenceImages',
    ],
  ])('refuses %s', (...[, operation, input, path]) => {
    expect(faultsOf(operation, input)).toEqual([path]);
  });
});

test('every setting is required, and the simulator has each of them', () => {
  const simulated: Record<string, string> = definition.simulatorSettings('http://127.0.0.1:3900', {});
  for (const [name, { schema }] of Object.entries(settings)) {
    expect(schema.safeParse(undefined).success).toBe(false);
    expect(schema.safeParse(simulated[name]).success).toBe(true);
  }
});

test('a dear video whose outcome is unknown is not submitted again', () => {
  for (const { delivery, limits } of Object.values(definition.operations)) {
    expect([delivery, limits.whenOutcomeUnknown]).toEqual(['poll', 'fail']);
  }
});
