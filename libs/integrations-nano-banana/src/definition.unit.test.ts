import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { definition } from './definition.ts';
import { callbackSettings, settings } from './settings.ts';

type OperationName = keyof typeof definition.operations;
const faultsOf = (operation: OperationName, input: unknown) =>
  (definition.operations[operation].input.safeParse(input).error?.issues ?? []).map(({ path }) => path.join('/'));
const addresses = (count: number) => Array.from({ length: count }, () => 'https://a.example/1.png');

describe('the input', () => {
  test.each<[OperationName, Record<string, unknown>]>([
    ['text-to-image', { prompt: 'a lighthouse' }],
    ['text-to-image', { model: 'google/nano-banana', prompt: 'a', aspectRatio: 'auto', outputFormat: 'jpeg' }],
    ['text-to-image', { model: 'nano-banana-pro', prompt: 'a'.repeat(10_000), resolution: '4K' }],
    ['text-to-image', { model: 'nano-banana-2', prompt: 'a'.repeat(20_000), aspectRatio: '1:8', googleSearch: true }],
    ['text-to-image', { model: 'nano-banana-2-lite', prompt: 'a', aspectRatio: '8:1' }],
    ['image-to-image', { prompt: 'a', images: addresses(14) }],
    ['image-to-image', { prompt: 'a', images: [{ uploadId: 'upl_01h2xcejqtf2nbrexx3vqjhp41' }] }],
    ['image-to-image', { model: 'google/nano-banana-edit', prompt: 'a', images: addresses(10) }],
    ['image-to-image', { model: 'nano-banana-pro', prompt: 'a', images: addresses(8) }],
  ])('of %s takes %j', (operation, input) => {
    expect(faultsOf(operation, input)).toEqual([]);
  });

  test.each<[string, OperationName, Record<string, unknown>, string]>([
    ['a prompt of blanks', 'text-to-image', { prompt: ' ' }, 'prompt'],
    [
      'a prompt too long for its model',
      'text-to-image',
      { model: 'nano-banana-pro', prompt: 'a'.repeat(10_001) },
      'prompt',
    ],
    ['a prompt too long for any', 'text-to-image', { prompt: 'a'.repeat(20_001) }, 'prompt'],
    ['a model nobody knows', 'text-to-image', { model: 'nano-banana-3', prompt: 'a' }, 'model'],
    ['a model that only edits', 'text-to-image', { model: 'google/nano-banana-edit', prompt: 'a' }, 'model'],
    [
      'a model that cannot edit',
      'image-to-image',
      { model: 'google/nano-banana', prompt: 'a', images: addresses(1) },
      'model',
    ],
    [
      'a ratio of another model',
      'text-to-image',
      { model: 'nano-banana-pro', prompt: 'a', aspectRatio: '1:8' },
      'aspectRatio',
    ],
    ['a field of another model', 'text-to-image', { model: 'google/nano-banana', prompt: 'a', resolution: '2K' }, ''],
    ['no image', 'image-to-image', { prompt: 'a', images: [] }, 'images'],
    ['too many images', 'image-to-image', { model: 'nano-banana-pro', prompt: 'a', images: addresses(9) }, 'images'],
    ['a local file', 'image-to-image', { prompt: 'a', images: ['file:///etc/passwd'] }, 'images/0'],
  ])('refuses %s', (...[, operation, input, path]) => {
    expect(faultsOf(operation, input)).toEqual([path]);
  });

  test('says which models there are', () => {
    const { error } = definition.operations['image-to-image'].input.safeParse({ model: 'flux', prompt: 'a' });
    expect(error?.issues).toMatchObject([
      { message: expect.stringContaining('one of nano-banana-2, nano-banana-pro') },
    ]);
  });

  test('is described for users, model by model', () => {
    const { oneOf } = z.toJSONSchema(definition.operations['image-to-image'].input, { io: 'input' });
    expect(oneOf?.map(({ properties }) => properties?.['model'])).toEqual(
      ['nano-banana-2', 'nano-banana-pro', 'google/nano-banana-edit', 'nano-banana-2-lite'].map((name) =>
        expect.objectContaining({ const: name }),
      ),
    );
  });
});

test('every setting is required, and the simulator has each of them', () => {
  const simulated: Record<string, string> = definition.simulatorSettings('http://127.0.0.1:3900', {});
  for (const [name, { schema }] of Object.entries(settings)) {
    expect(schema.safeParse(undefined).success).toBe(false);
    expect(schema.safeParse(simulated[name]).success).toBe(true);
  }
});

test('the key of callbacks is optional, and the simulator signs with one', () => {
  const { schema, optional } = callbackSettings.hmacKey;
  expect(schema.safeParse(undefined)).toMatchObject({ success: true });
  expect(optional).toBe(true);
  expect(definition.simulatorSettings('http://127.0.0.1:3900', {})).toHaveProperty('hmacKey');
});

test('a dear task whose outcome is unknown is not submitted again', () => {
  for (const { delivery, limits } of Object.values(definition.operations)) {
    expect({ delivery, whenOutcomeUnknown: limits.whenOutcomeUnknown }).toEqual({
      delivery: 'callback',
      whenOutcomeUnknown: 'fail',
    });
  }
});
