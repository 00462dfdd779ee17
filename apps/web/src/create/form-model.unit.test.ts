import { describe, expect, test } from '@jest/globals';
import { definition as fangzhou } from '@darkroom/integrations-fangzhou-video-generation';
import { definition as nanoBanana } from '@darkroom/integrations-nano-banana';
import { definition as nanobanana2 } from '@darkroom/integrations-nanobanana2';
import { definition as seedream } from '@darkroom/integrations-seedream';
import { definition as sora } from '@darkroom/integrations-sora';
import { definition as veo } from '@darkroom/integrations-veo';
import { z } from 'zod';
import { type Field, fieldsFor, toFormModel } from './form-model.ts';
import type { JsonSchema } from './json-schema.ts';

const definitions = [fangzhou, nanoBanana, nanobanana2, seedream, sora, veo];
const operations = definitions.flatMap(({ name, operations: all }) =>
  Object.entries(all).map(([operation, { input }]) => [`${name}/${operation}`, describeInput(input)] as const),
);

/** As `GET /v1/integrations` describes it. */
function describeInput(input: z.ZodType): JsonSchema {
  return z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
}

function fieldOf(operation: string, name: string, values: Record<string, unknown> = {}): Field | undefined {
  const schema = new Map<string, JsonSchema>(operations).get(operation);
  return fieldsFor(toFormModel(schema ?? {}), values).find((field) => field.name === name);
}

test.each(operations)('every field of %s has a control of its own', (_name, schema) => {
  const { variants } = toFormModel(schema);

  expect(variants.length).toBeGreaterThan(0);
  for (const { fields } of variants) {
    expect(fields[0]).toMatchObject({ name: 'prompt', kind: 'text', isLong: true, isPrimary: true });
    expect(fields.filter(({ kind }) => kind === 'json')).toEqual([]);
  }
});

describe('chooses the control by what the schema allows', () => {
  test.each([
    ['nanobanana2/text-to-image', 'aspectRatio', { kind: 'choice', appearance: 'shapes' }],
    ['nanobanana2/text-to-image', 'imageSize', { kind: 'choice', appearance: 'segments', options: ['1K', '2K', '4K'] }],
    ['sora/text-to-video', 'seconds', { kind: 'choice', appearance: 'segments', options: [4, 8, 12] }],
    ['sora/text-to-video', 'size', { kind: 'choice', appearance: 'shapes' }],
    ['sora/image-to-video', 'image', { kind: 'media', media: 'image', isList: false, most: 1, required: true }],
    ['nanobanana2/image-to-image', 'images', { kind: 'media', isList: true, fewest: 1, most: 14, required: true }],
    ['seedream/text-to-image', 'size', { kind: 'text', suggestions: ['1K', '2K', '4K'], pattern: expect.any(String) }],
    ['seedream/text-to-image', 'count', { kind: 'number', appearance: 'slider', min: 1, max: 15, isWhole: true }],
    ['seedream/text-to-image', 'watermark', { kind: 'switch', isPrimary: false }],
    ['fangzhou-video-generation/text-to-video', 'seed', { kind: 'number', appearance: 'seed', min: -1 }],
    ['fangzhou-video-generation/text-to-video', 'executionExpiresAfter', { kind: 'number', appearance: 'box' }],
    ['fangzhou-video-generation/image-to-video', 'referenceVideos', { kind: 'media', media: 'video', most: 10 }],
    ['veo/text-to-video', 'personGeneration', { kind: 'choice', appearance: 'list' }],
  ])('%s: %s', (operation, name, expected) => {
    expect(fieldOf(operation, name)).toMatchObject(expected);
  });
});

describe('an input of several shapes', () => {
  const model = toFormModel(new Map<string, JsonSchema>(operations).get('nano-banana/text-to-image') ?? {});

  test('has the field that tells them apart, and begins as the shape that needs no choice', () => {
    expect(model.chooser).toMatchObject({ name: 'model', required: false, kind: 'choice' });
    expect(model.chooser?.options).toContain('nano-banana-pro');
    expect(fieldsFor(model, {}).map(({ name }) => name)).toContain('googleSearch');
  });

  test('shows the fields of the shape that was chosen', () => {
    const names = fieldsFor(model, { model: 'nano-banana-2-lite' }).map(({ name }) => name);

    expect(names).toEqual(['prompt', 'model', 'aspectRatio']);
  });
});

test('follows references within the schema, and writes as JSON what it has no control for', () => {
  const model = toFormModel({
    type: 'object',
    properties: {
      style: { $ref: '#/$defs/style' },
      camera: { type: 'object', properties: { tilt: { type: 'number' } } },
    },
    $defs: { style: { type: 'string', enum: ['photo', 'drawing'] } },
  });

  expect(fieldsFor(model, {})).toMatchObject([
    { name: 'style', kind: 'choice', options: ['photo', 'drawing'] },
    { name: 'camera', kind: 'json' },
  ]);
});

test('a schema without properties is an empty form', () => {
  expect(fieldsFor(toFormModel({}), {})).toEqual([]);
});
