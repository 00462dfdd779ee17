import type { FormModel } from '../create/form-model.ts';
import { type CheckedLines, checkPrompts, checkTable, looksLikeTable, namesPrompt } from './check-lines.ts';
import { readCsv } from './read-csv.ts';

/** Why a whole table cannot be read. */
export type TableFault = { code: 'quotes'; row: number } | { code: 'no_prompt_column' };

export type CheckedBatch =
  | ({ kind: 'prompts' | 'csv' } & CheckedLines)
  | { kind: 'unreadable'; fault: TableFault; lines: readonly []; unknownColumns: readonly [] };

interface Given {
  text: string;
  /** The name of the file that the text came from. */
  fileName?: string | undefined;
}

/** Reads what was pasted or dropped, as prompts or as a table, and checks every line. What its name calls a table is not taken for prompts. */
export function checkBatch({ text, fileName = '' }: Given, model: FormModel): CheckedBatch {
  const isTableFile = /\.(csv|tsv)$/i.test(fileName) && text.trim() !== '';
  if (isTableFile && !namesPrompt(text)) return unreadable({ code: 'no_prompt_column' });
  if (!isTableFile && !looksLikeTable(text)) return { kind: 'prompts', ...checkPrompts(text, model, {}) };
  const csv = readCsv(text);
  if (csv.kind === 'fault') return unreadable({ code: 'quotes', row: csv.row });
  return { kind: 'csv', ...checkTable(csv.rows, model, {}) };
}

function unreadable(fault: TableFault): CheckedBatch {
  return { kind: 'unreadable', fault, lines: [], unknownColumns: [] };
}
