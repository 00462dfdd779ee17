import type { SomeLimits } from './check-file.ts';
import { alternativesOf, type JsonSchema, resolveReference } from './json-schema.ts';
import { toField } from './to-field.ts';

interface FieldHead {
  name: string;
  required: boolean;
  /** The schema's own sentence, in English. */
  description: string | undefined;
  /** Shown at once; the others wait under "more settings". */
  isPrimary: boolean;
}

export type Choice = string | number;

export interface TextField extends FieldHead {
  kind: 'text';
  isLong: boolean;
  minLength: number | undefined;
  maxLength: number | undefined;
  pattern: string | undefined;
  /** Values that may be written as well as any that the pattern allows. */
  suggestions: readonly string[];
}
export interface ChoiceField extends FieldHead {
  kind: 'choice';
  options: readonly Choice[];
  appearance: 'shapes' | 'segments' | 'list';
}
export interface NumberField extends FieldHead {
  kind: 'number';
  isWhole: boolean;
  min: number | undefined;
  max: number | undefined;
  appearance: 'slider' | 'box' | 'seed';
}
export interface SwitchField extends FieldHead {
  kind: 'switch';
}
export interface MediaField extends FieldHead {
  kind: 'media';
  media: 'image' | 'video';
  isMask: boolean;
  /** What the operation takes of a file, beyond what an upload may be. */
  limits: SomeLimits;
  /** Whether the input takes a list. */
  isList: boolean;
  fewest: number;
  most: number;
}
/** What the page has no control for: written as JSON. */
export interface JsonField extends FieldHead {
  kind: 'json';
}
export type Field = TextField | ChoiceField | NumberField | SwitchField | MediaField | JsonField;

/** One shape that an input may have. */
interface Variant {
  /** The value of the field that tells the variants apart; undefined where it may be left out. */
  value: Choice | undefined;
  /** Whether the field may be absent: then this one is meant. */
  isDefault: boolean;
  fields: readonly Field[];
}

/** An operation's form. */
export interface FormModel {
  /** The field that chooses among the variants, where there are several. */
  chooser: ChoiceField | undefined;
  variants: readonly Variant[];
}

/** What is known of the fields that take files, beside the schema. */
export type MediaFacts = Readonly<Record<string, SomeLimits & { kind: 'image' | 'video' }>>;

/** Reads the form of an operation from its input's JSON Schema. */
export function toFormModel(inputSchema: JsonSchema, mediaFields: MediaFacts = {}): FormModel {
  const fieldsOf = (schema: JsonSchema) => readFields(schema, inputSchema, mediaFields);
  const alternatives = alternativesOf(inputSchema).map((schema) => resolveReference(schema, inputSchema));
  const objects = alternatives.filter(({ properties }) => properties !== undefined);
  const chooserName = objects.length > 1 ? findChooser(objects) : undefined;
  if (chooserName === undefined) {
    const whole = objects[0] ?? inputSchema;
    return {
      chooser: undefined,
      variants: [{ value: undefined, isDefault: true, fields: fieldsOf(whole) }],
    };
  }
  const variants = objects.map((schema) => ({
    value: toChoice(schema.properties?.[chooserName]?.const),
    isDefault: !(schema.required ?? []).includes(chooserName),
    fields: fieldsOf(schema).filter(({ name }) => name !== chooserName),
  }));
  const chooser: ChoiceField = {
    kind: 'choice',
    name: chooserName,
    required: !variants.some(({ isDefault }) => isDefault),
    description: undefined,
    isPrimary: true,
    options: variants.flatMap(({ value }) => value ?? []),
    appearance: 'list',
  };
  return { chooser, variants };
}

/** The fields that are shown for what was chosen. The chooser, where there is one, stands behind the prompt and the files. */
export function fieldsFor(
  { chooser, variants }: FormModel,
  values: Readonly<Record<string, unknown>>,
): readonly Field[] {
  const chosen = chooser && values[chooser.name];
  const variant =
    variants.find(({ value }) => value !== undefined && value === chosen) ??
    variants.find(({ isDefault }) => isDefault) ??
    variants[0];
  const fields = variant?.fields ?? [];
  if (chooser === undefined) return fields;
  const [first, others] = [
    fields.filter((field) => placeOf(field) < 2),
    fields.filter((field) => placeOf(field) === 2),
  ];
  return [...first, chooser, ...others];
}

function findChooser(objects: readonly JsonSchema[]): string | undefined {
  const [first] = objects;
  return Object.keys(first?.properties ?? {}).find((name) =>
    objects.every(({ properties }) => toChoice(properties?.[name]?.const) !== undefined),
  );
}

function readFields(schema: JsonSchema, root: JsonSchema, mediaFields: MediaFacts): Field[] {
  const required = schema.required ?? [];
  const fields = Object.entries(schema.properties ?? {}).map(([name, property]) =>
    withFacts(toField(name, resolveReference(property, root), required.includes(name)), mediaFields[name]),
  );
  return fields.sort((left, right) => placeOf(left) - placeOf(right));
}

function withFacts(field: Field, facts: MediaFacts[string] | undefined): Field {
  if (field.kind !== 'media' || facts === undefined) return field;
  const { kind: media, ...limits } = facts;
  return { ...field, media, limits };
}

/** The prompt, then what it speaks of, then the rest in the schema's own order. */
function placeOf(field: Field): number {
  if (field.name === 'prompt') return 0;
  return field.kind === 'media' ? 1 : 2;
}

function toChoice(value: unknown): Choice | undefined {
  return typeof value === 'string' || typeof value === 'number' ? value : undefined;
}
