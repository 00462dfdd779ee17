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
    ['text-to-video', { prompt: 'waves', seconds: 12, size: '1792x1024' }],
    ['image-to-video', { prompt: 'waves', image }],
    ['image-to-video', { prompt: 'waves', image: { uploadId: 'upl_01h2xcejqtf2nbrexx3vqjhp41' } }],
  ])('of %s takes %j', (operation, input) => {
    expect(faultsOf(operation, input)).toEqual([]);
  });

  test.each<[string, OperationName, Record<string, unknown>, string]>([
    ['a prompt of blanks', 'text-to-video', { prompt: ' ' }, 'prompt'],
    ['a length that no model makes', 'text-to-video', { prompt: 'a', seconds: 5 }, 'seconds'],
    ['a size that no model makes', 'text-to-video', { prompt: 'a', size: '1x1' }, 'size'],
    ['a field that the API does not take', 'text-to-video', { prompt: 'a', seed: 1 }, ''],
    ['no image', 'image-to-video', { prompt: 'a' }, 'image'],
    ['a local file', 'image-to-video', { prompt: 'a', image: 'file:///etc/passwd' }, 'image'],
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
