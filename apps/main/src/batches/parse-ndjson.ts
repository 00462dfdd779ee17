import { maxBatchCalls } from '@darkroom/contract';
import { ProblemError } from '../problems/problem-error.ts';
import { createBreather } from './breather.ts';

/** Reads one line as JSON; throws where it is none. */
export type ParseLine = (line: string) => unknown;

/**
 * Reads a batch that comes as NDJSON: its settings in the first line, one call in each further one. It becomes what the same batch is as JSON,
 * so that faults have the same paths. Empty lines do not count.
 */
export async function parseNdjson(text: string, parseLine: ParseLine): Promise<unknown> {
  const breather = createBreather();
  const values: unknown[] = [];
  let lineNumber = 0;
  for (let start = 0; start < text.length;) {
    const next = text.indexOf('\n', start);
    const end = next === -1 ? text.length : next;
    const line = text.slice(start, end).trim();
    start = end + 1;
    lineNumber += 1;
    if (line !== '') values.push(readLine(line, lineNumber, parseLine));
    // The settings, and one more than there may be: the rest changes nothing.
    if (values.length > maxBatchCalls + 1) break;
    await breather.breathe();
  }
  const [settings, ...calls] = values;
  if (!isRecord(settings)) throw malformed('The first line must be an object: the settings of the batch, or `{}`.');
  if ('calls' in settings) throw malformed('The first line has no `calls`: each further line is one of them.');
  return { ...settings, calls };
}

function readLine(line: string, lineNumber: number, parseLine: ParseLine): unknown {
  try {
    return parseLine(line);
  } catch {
    throw malformed(`Line ${lineNumber} is not JSON.`);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function malformed(detail: string): ProblemError {
  return new ProblemError('malformed_request', detail);
}
