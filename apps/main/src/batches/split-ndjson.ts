import { setImmediate as nextTurn } from 'node:timers/promises';
import { maxBatchCalls } from '@darkroom/contract';
import type { BatchBody, Piece } from './batch-body.ts';
import { callsIn, maxPieceBytes, type ParseJson } from './batch-calls.ts';
import { invalidBatch, largeSettings, malformed, tooManyCalls } from './malformed-batch.ts';

/**
 * Splits a batch that comes as NDJSON: its settings in the first line, one call in each further one. It becomes what the same batch is as JSON,
 * so that faults have the same paths. Empty lines do not count.
 */
export async function splitNdjson(bytes: Buffer, parseJson: ParseJson): Promise<BatchBody> {
  const [first, ...lines] = await findLines(bytes);
  const parse = (text: string, { number }: Pick<Line, 'number'>) => {
    try {
      return parseJson(text);
    } catch {
      throw malformed(`Line ${number} is not JSON.`);
    }
  };
  if (first !== undefined && first.end - first.start > maxPieceBytes) throw invalidBatch([largeSettings]);
  const settings = first && parse(bytes.toString('utf8', first.start, first.end), first);
  if (!isRecord(settings)) throw malformed('The first line must be an object: the settings of the batch, or `{}`.');
  if ('calls' in settings) throw malformed('The first line has no `calls`: each further line is one of them.');
  const parseCall = (text: string, index: number) => parse(text, lines[index] ?? { number: index });
  return { settings, calls: callsIn({ bytes, pieces: lines, parse: parseCall }) };
}

/** Without the blanks at its ends. */
interface Line extends Piece {
  /** Counted from 1, empty lines too. */
  number: number;
}

const [newline, lastBlank] = [0x0a, 0x20];
const bytesAtOnce = 1024 * 1024;

async function findLines(bytes: Buffer): Promise<Line[]> {
  const lines: Line[] = [];
  let number = 1;
  let [start, end] = [-1, 0];
  const endLine = () => {
    if (start >= 0) lines.push({ start, end, number });
    // The settings, and one more than there may be: the rest changes nothing.
    if (lines.length > maxBatchCalls + 1) throw invalidBatch([tooManyCalls]);
    start = -1;
    number += 1;
  };

  for (let at = 0; at < bytes.length;) {
    for (const until = Math.min(at + bytesAtOnce, bytes.length); at < until; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte === newline) endLine();
      else if (byte > lastBlank) {
        if (start < 0) start = at;
        end = at + 1;
      }
    }
    await nextTurn();
  }
  endLine();
  return lines;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
