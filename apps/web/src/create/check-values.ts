import {
  type Field,
  fieldsFor,
  type FormModel,
  type MediaField,
  type NumberField,
  type TextField,
} from './form-model.ts';
import { mediaValuesOf, referenceTo } from './media-value.ts';

/** What is wrong with the value of a field, in a form that any language can put into words. */
export type Fault =
  | { code: 'required' }
  | { code: 'too_long'; most: number; length: number }
  | { code: 'too_short'; fewest: number }
  | { code: 'pattern'; suggestions: readonly string[] }
  | { code: 'not_a_number' }
  | { code: 'not_whole' }
  | { code: 'too_small'; min: number }
  | { code: 'too_large'; max: number }
  | { code: 'not_a_choice'; options: readonly (string | number)[] }
  | { code: 'not_yes_or_no' }
  | { code: 'too_few'; fewest: number }
  | { code: 'too_many'; most: number }
  | { code: 'not_json' }
  | { code: 'unknown_field' }
  /** A line of a table has more cells than its header. */
  | { code: 'extra_cells'; count: number }
  /** In the server's own words. */
  | { code: 'refused'; message: string };

export type Faults = Readonly<Record<string, Fault>>;

export interface CheckedInput {
  /** What is sent as `input`; complete where there are no faults. */
  input: Record<string, unknown>;
  faults: Faults;
}

type Read = { value?: unknown; fault?: Fault };

/** Makes an operation's input of what a person entered, and says what is wrong with it before anything is sent. */
export function checkValues(model: FormModel, values: Readonly<Record<string, unknown>>): CheckedInput {
  const fields = fieldsFor(model, values);
  const read = fields.map((field) => [field.name, readValue(field, values[field.name])] as const);
  return {
    input: Object.fromEntries(read.flatMap(([name, { value }]) => (value === undefined ? [] : [[name, value]]))),
    faults: Object.fromEntries(read.flatMap(([name, { fault }]) => (fault === undefined ? [] : [[name, fault]]))),
  };
}

function readValue(field: Field, entered: unknown): Read {
  const isEmpty = entered === undefined || entered === null || (typeof entered === 'string' && entered.trim() === '');
  if (isEmpty) return field.required ? { fault: { code: 'required' } } : {};
  switch (field.kind) {
    case 'text':
      return readText(field, String(entered));
    case 'choice':
      return readChoice(field.options, entered);
    case 'number':
      return readNumber(field, entered);
    case 'switch':
      return readSwitch(entered);
    case 'media':
      return readMedia(field, entered);
    case 'json':
      return readJson(entered);
  }
}

function readText({ minLength = 0, maxLength = Infinity, pattern, suggestions }: TextField, text: string): Read {
  if (suggestions.includes(text)) return { value: text };
  if (text.length > maxLength)
    return { value: text, fault: { code: 'too_long', most: maxLength, length: text.length } };
  if (text.length < minLength) return { value: text, fault: { code: 'too_short', fewest: minLength } };
  const isRefused = pattern !== undefined && !new RegExp(pattern, 'u').test(text);
  return { value: text, ...(isRefused && { fault: { code: 'pattern', suggestions } }) };
}

/** A number that was written in a table is the choice that reads like it. */
function readChoice(options: readonly (string | number)[], entered: unknown): Read {
  const value = options.find((option) => option === entered || String(option) === String(entered).trim());
  return value === undefined ? { fault: { code: 'not_a_choice', options } } : { value };
}

function readNumber({ isWhole, min, max }: NumberField, entered: unknown): Read {
  const value = typeof entered === 'number' ? entered : Number(String(entered).trim());
  if (!Number.isFinite(value)) return { fault: { code: 'not_a_number' } };
  if (isWhole && !Number.isInteger(value)) return { value, fault: { code: 'not_whole' } };
  if (min !== undefined && value < min) return { value, fault: { code: 'too_small', min } };
  if (max !== undefined && value > max) return { value, fault: { code: 'too_large', max } };
  return { value };
}

const yes = /^(true|yes|1|on)$/i;
const no = /^(false|no|0|off)$/i;

function readSwitch(entered: unknown): Read {
  if (typeof entered === 'boolean') return { value: entered };
  const text = String(entered).trim();
  if (yes.test(text)) return { value: true };
  return no.test(text) ? { value: false } : { fault: { code: 'not_yes_or_no' } };
}

function readMedia({ isList, required, fewest, most }: MediaField, entered: unknown): Read {
  const references = mediaValuesOf(entered).map(referenceTo);
  if (references.length === 0) return required ? { fault: { code: 'required' } } : {};
  const value = isList ? references : references[0];
  if (references.length > most) return { value, fault: { code: 'too_many', most } };
  if (references.length < fewest) return { value, fault: { code: 'too_few', fewest } };
  return { value };
}

function readJson(entered: unknown): Read {
  if (typeof entered !== 'string') return { value: entered };
  try {
    return { value: JSON.parse(entered) as unknown };
  } catch {
    return { fault: { code: 'not_json' } };
  }
}
