import Papa from 'papaparse';

/** `row`: where a quote never ends, counted with the header as 1. */
export type ReadCsv = { kind: 'rows'; rows: string[][] } | { kind: 'fault'; row: number };

/** Reads a CSV with any usual separator, quotes, and line breaks within quotes. */
export function readCsv(text: string): ReadCsv {
  const { data, errors } = Papa.parse<string[]>(text.replace(/^\uFEFF/, '').trim(), { skipEmptyLines: false });
  const fault = errors.find(({ type }) => type === 'Quotes');
  if (fault !== undefined) return { kind: 'fault', row: (fault.row ?? 0) + 1 };
  return { kind: 'rows', rows: data };
}
