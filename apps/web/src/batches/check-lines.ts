import { checkValues, type Faults } from '../create/check-values.ts';
import { type Field, fieldsFor, type FormModel } from '../create/form-model.ts';
import type { MediaValue } from '../create/media-value.ts';

/** One line of a batch, checked before anything is sent. */
export interface CheckedLine {
  /** Its number as a person counts: in the text, or in the table with the header as 1. */
  line: number;
  /** What it is called in lists. */
  prompt: string;
  input: Record<string, unknown>;
  faults: Faults;
}

export interface CheckedLines {
  lines: readonly CheckedLine[];
  /** Columns that name no field of the operation. */
  unknownColumns: readonly string[];
}

/** Whether a text reads as a table: its first line names the prompt's column. */
export function looksLikeTable(text: string): boolean {
  return namesPrompt(text) && (headerOf(text).length > 1 || text.trim().includes('\n'));
}

/** Whether the first line of a text names the prompt's column. */
export function namesPrompt(text: string): boolean {
  return headerOf(text).includes('prompt');
}

function headerOf(text: string): string[] {
  const [first = ''] = text.trimStart().split(/\r?\n/, 1);
  return first.split(/[,;\t]/).map(plain);
}

/** One prompt on each line that is not empty. What else the operation needs comes from `values`. */
export function checkPrompts(text: string, model: FormModel, values: Readonly<Record<string, unknown>>): CheckedLines {
  const lines = text.split(/\r?\n/).flatMap((prompt, index) => {
    if (prompt.trim() === '') return [];
    const { input, faults } = checkValues(model, { ...values, prompt: prompt.trim() });
    return [{ line: index + 1, prompt: prompt.trim(), input, faults }];
  });
  return { lines, unknownColumns: [] };
}

/** A table whose header names fields of the operation. A cell that is empty leaves the field to `values`. */
export function checkTable(
  rows: readonly (readonly string[])[],
  model: FormModel,
  values: Readonly<Record<string, unknown>>,
): CheckedLines {
  const [header = [], ...others] = rows;
  const fields = knownFields(model);
  const columns = header.map((name) => fields.find((field) => plain(field.name) === plain(name)));
  const unknownColumns = header.filter((name, index) => columns[index] === undefined && name.trim() !== '');
  const lines = others.flatMap((cells, index) => {
    if (cells.every((cell) => cell.trim() === '')) return [];
    const given = { ...values, ...valuesOf(cells, columns) };
    const { input, faults: ofValues } = checkValues(model, given);
    const faults = { ...ofValues, ...unknownOf(given, model), ...faultOfWidth(cells, header) };
    const prompt = typeof input['prompt'] === 'string' ? input['prompt'] : '';
    return [{ line: index + 2, prompt, input, faults }];
  });
  return { lines, unknownColumns };
}

/** What a line sets that the variant it chooses does not have. */
function unknownOf(given: Readonly<Record<string, unknown>>, model: FormModel): Faults {
  const known = new Set(fieldsFor(model, given).map(({ name }) => name));
  const unknown = Object.keys(given).filter((name) => !known.has(name));
  return Object.fromEntries(unknown.map((name) => [name, { code: 'unknown_field' as const }]));
}

/** Cells that no column is named for: most often the rest of a prompt whose comma stands outside of quotes. */
function faultOfWidth(cells: readonly string[], header: readonly string[]): Faults {
  const extra = cells.filter((cell, index) => cell.trim() !== '' && (header[index]?.trim() ?? '') === '').length;
  return extra === 0 ? {} : { prompt: { code: 'extra_cells', count: extra } };
}

/** The fields of every variant, each name once. */
export function knownFields({ chooser, variants }: FormModel): Field[] {
  const all = [...(chooser ? [chooser] : []), ...variants.flatMap(({ fields }) => fields)];
  return [...new Map(all.map((field) => [field.name, field])).values()];
}

function valuesOf(cells: readonly string[], columns: readonly (Field | undefined)[]): Record<string, unknown> {
  const written = columns.flatMap((field, index) => {
    const cell = cells[index]?.trim() ?? '';
    return field === undefined || cell === '' ? [] : [[field.name, field.kind === 'media' ? addressesOf(cell) : cell]];
  });
  return Object.fromEntries(written) as Record<string, unknown>;
}

/** Addresses of images, apart from each other by spaces or `|`. */
function addressesOf(cell: string): MediaValue[] {
  return cell
    .split(/[\s|]+/)
    .filter((url) => url !== '')
    .map((url) => ({ kind: 'url', url }));
}

/** `Aspect Ratio`, `aspect_ratio` and `aspectRatio` are one name. */
function plain(name: string): string {
  return name.replaceAll(/[\s_"'\uFEFF-]+/g, '').toLowerCase();
}
