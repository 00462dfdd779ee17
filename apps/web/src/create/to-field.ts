import type { Choice, Field } from './form-model.ts';
import { alternativesOf, type JsonSchema } from './json-schema.ts';

/** A text longer than this is written in a box of several lines. */
const longText = 300;
const mostSegments = 5;
const longestSegments = 24;
const mostSteps = 400;
/** What decides how a result looks is shown at once. */
const primaryNames =
  /^(prompt|model|aspectRatio|ratio|size|imageSize|resolution|duration|durationSeconds|seconds|count|sampleCount|numImages)$/;

/** Chooses the control for one property of an input. */
export function toField(name: string, schema: JsonSchema, required: boolean): Field {
  const head = { name, required, description: schema.description, isPrimary: required || primaryNames.test(name) };
  const media = readMedia(name, schema);
  if (media !== undefined) return { ...head, kind: 'media', isPrimary: true, ...media };
  const options = optionsOf(schema);
  if (options !== undefined) return { ...head, kind: 'choice', options, appearance: appearanceOf(options) };
  if (schema.type === 'boolean') return { ...head, kind: 'switch' };
  if (schema.type === 'integer' || schema.type === 'number')
    return { ...head, kind: 'number', ...readNumber(name, schema) };
  const text = readText(name, schema);
  return text === undefined ? { ...head, kind: 'json' } : { ...head, kind: 'text', ...text };
}

/** An image or a video is an address or an upload, alone or in a list. */
function readMedia(name: string, schema: JsonSchema) {
  const isList = schema.type === 'array';
  const one = isList ? schema.items : schema;
  const namesUpload =
    one !== undefined && [one, ...alternativesOf(one)].some(({ properties }) => properties?.['uploadId']);
  if (!namesUpload) return undefined;
  return {
    media: /video/i.test(name) ? ('video' as const) : ('image' as const),
    isMask: /mask/i.test(name),
    limits: {},
    isList,
    fewest: isList ? (schema.minItems ?? 0) : 0,
    most: isList ? (schema.maxItems ?? 16) : 1,
  };
}

function optionsOf(schema: JsonSchema): Choice[] | undefined {
  if (schema.enum !== undefined) return allChoices(schema.enum);
  if (schema.const !== undefined) return allChoices([schema.const]);
  const alternatives = alternativesOf(schema);
  if (alternatives.length === 0) return undefined;
  const nested = alternatives.map(optionsOf);
  return nested.every((options) => options !== undefined) ? nested.flat() : undefined;
}

function allChoices(values: readonly unknown[]): Choice[] | undefined {
  const choices = values.filter((value): value is Choice => typeof value === 'string' || typeof value === 'number');
  return choices.length === values.length ? choices : undefined;
}

function appearanceOf(options: readonly Choice[]): 'shapes' | 'segments' | 'list' {
  if (options.every(isShape) && options.some((option) => /\d[:x]\d/.test(String(option)))) return 'shapes';
  const letters = options.reduce((length: number, option) => length + String(option).length, 0);
  return options.length <= mostSegments && letters <= longestSegments ? 'segments' : 'list';
}

function isShape(option: Choice): boolean {
  return typeof option === 'string' && /^(\d+:\d+|\d+x\d+|auto|adaptive)$/.test(option);
}

function readNumber(name: string, { type, minimum, maximum }: JsonSchema) {
  // A whole number without limits of its own has those of the number type.
  const min = minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER ? minimum : undefined;
  const max = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER ? maximum : undefined;
  const isWhole = type === 'integer';
  const isSeed = /seed$/i.test(name);
  const hasSteps = min !== undefined && max !== undefined && max - min <= mostSteps;
  const appearance = isSeed ? ('seed' as const) : hasSteps ? ('slider' as const) : ('box' as const);
  return { isWhole, min, max, appearance };
}

function readText(name: string, schema: JsonSchema) {
  const alternatives = alternativesOf(schema);
  const free =
    alternatives.length === 0 ? schema : alternatives.find((one) => one.type === 'string' && one.enum === undefined);
  const others = alternatives.filter((one) => one !== free).map(optionsOf);
  if (free?.type !== 'string' || others.some((options) => options === undefined)) return undefined;
  return {
    isLong: /prompt$/i.test(name) || (free.maxLength ?? 0) > longText,
    minLength: free.minLength,
    maxLength: free.maxLength,
    pattern: free.pattern,
    suggestions: others.flatMap((options) => options ?? []).map(String),
  };
}
