import { describe, expect, test } from '@jest/globals';
import { checkValues } from './check-values.ts';
import { toFormModel } from './form-model.ts';

const media = {
  anyOf: [
    { type: 'string', format: 'uri' },
    { type: 'object', properties: { uploadId: { type: 'string' } } },
  ],
};
const model = toFormModel({
  type: 'object',
  required: ['prompt', 'images'],
  properties: {
    prompt: { type: 'string', maxLength: 20 },
    images: { type: 'array', items: media, minItems: 1, maxItems: 2 },
    firstFrame: media,
    seconds: {
      anyOf: [
        { const: 4, type: 'number' },
        { const: 8, type: 'number' },
      ],
    },
    size: {
      anyOf: [
        { type: 'string', enum: ['1K'] },
        { type: 'string', pattern: '^\\d+x\\d+$' },
      ],
    },
    count: { type: 'integer', minimum: 1, maximum: 4 },
    strength: { type: 'number', minimum: 0, maximum: 1 },
    watermark: { type: 'boolean' },
    extra: { type: 'object' },
  },
});
const upload = (uploadId: string) => ({ kind: 'upload', uploadId });
const good = { prompt: 'a fox', images: [upload('upl_1')] };
const faultsOf = (values: Record<string, unknown>) => checkValues(model, { ...good, ...values }).faults;

test('makes the input that the operation takes', () => {
  const { input, faults } = checkValues(model, {
    ...good,
    images: [upload('upl_1'), { kind: 'url', url: 'https://example.org/a.png' }],
    firstFrame: [{ kind: 'artifact', artifactId: 'art_3' }],
    seconds: 8,
    size: '640x480',
    count: '3',
    watermark: false,
    extra: '{"a":1}',
  });

  expect(faults).toEqual({});
  expect(input).toEqual({
    prompt: 'a fox',
    images: [{ uploadId: 'upl_1' }, 'https://example.org/a.png'],
    firstFrame: { artifactId: 'art_3' },
    seconds: 8,
    size: '640x480',
    count: 3,
    watermark: false,
    extra: { a: 1 },
  });
});

test('leaves out what is empty and what the operation does not know', () => {
  const { input } = checkValues(model, {
    ...good,
    size: '  ',
    count: undefined,
    firstFrame: [],
    other: 'of another model',
  });

  expect(input).toEqual({ prompt: 'a fox', images: [{ uploadId: 'upl_1' }] });
});

describe('says what is wrong before anything is sent', () => {
  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['a missing prompt', { prompt: '   ' }, { prompt: { code: 'required' } }],
    ['a long prompt', { prompt: 'x'.repeat(21) }, { prompt: { code: 'too_long', most: 20, length: 21 } }],
    ['no image', { images: [] }, { images: { code: 'required' } }],
    ['too many images', { images: ['1', '2', '3'].map((id) => upload(id)) }, { images: { code: 'too_many', most: 2 } }],
    ['an unknown choice', { seconds: 5 }, { seconds: { code: 'not_a_choice', options: [4, 8] } }],
    ['a size of no form', { size: 'large' }, { size: { code: 'pattern', suggestions: ['1K'] } }],
    ['words for a number', { count: 'many' }, { count: { code: 'not_a_number' } }],
    ['a broken number', { count: 1.5 }, { count: { code: 'not_whole' } }],
    ['a number that is too small', { count: 0 }, { count: { code: 'too_small', min: 1 } }],
    ['a number that is too large', { strength: 1.5 }, { strength: { code: 'too_large', max: 1 } }],
    ['an unclear yes or no', { watermark: 'maybe' }, { watermark: { code: 'not_yes_or_no' } }],
    ['broken JSON', { extra: '{' }, { extra: { code: 'not_json' } }],
  ])('%s', (_what, values, faults) => {
    expect(faultsOf(values)).toEqual(faults);
  });
});

test('a number and a yes that were written in a table are read', () => {
  expect(checkValues(model, { ...good, seconds: '4', watermark: 'yes' }).input).toMatchObject({
    seconds: 4,
    watermark: true,
  });
});
