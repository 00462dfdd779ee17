import { maxBatchCalls } from '@darkroom/contract';
import type { BatchBody, Piece } from './batch-body.ts';
import { callsIn, maxPieceBytes, type ParseJson } from './batch-calls.ts';
import { invalidBatch, largeSettings, malformed, tooManyCalls } from './malformed-batch.ts';
import { visitSecondLevel } from './visit-second-level.ts';

/**
 * Splits a batch that comes as JSON into its settings and its calls, without parsing the calls. The whole is JSON exactly where each piece
 * is, and so are the settings with an empty list for the calls.
 */
export async function splitJson(bytes: Buffer, parseJson: ParseJson): Promise<BatchBody> {
  const list = await findCalls(bytes);
  const around = list === undefined ? [bytes] : [bytes.subarray(0, list.start), emptyList, bytes.subarray(list.end)];
  const settings = Buffer.concat(around);
  if (settings.length > maxPieceBytes) throw invalidBatch([largeSettings]);
  const parse = (text: string, what: string) => {
    try {
      return parseJson(text);
    } catch {
      throw malformed(`${what} is not JSON. Send a line for each call with \`content-type: application/x-ndjson\`.`);
    }
  };
  return {
    settings: parse(settings.toString('utf8'), 'The body'),
    calls: list && callsIn({ bytes, pieces: list.calls, parse: (text, index) => parse(text, `/calls/${index}`) }),
  };
}

const emptyList = Buffer.from('[]');

/** The list with its brackets, and what its commas divide. */
interface ListOfCalls extends Piece {
  calls: Piece[];
}

async function findCalls(bytes: Buffer): Promise<ListOfCalls | undefined> {
  let list: ListOfCalls | undefined;
  let isOpen = false;
  let callStart = 0;
  await visitSecondLevel(bytes, (mark, at) => {
    if (mark === 'open list' && isNamedCalls(bytes, at)) {
      if (list !== undefined) throw malformed('The body has `calls` twice.');
      list = { start: at, end: bytes.length, calls: [] };
      isOpen = true;
      callStart = at + 1;
    } else if (isOpen && list !== undefined) {
      const isEmptyList = mark === 'close' && list.calls.length === 0 && endOfSolid(bytes, at) <= callStart;
      if (!isEmptyList) list.calls.push({ start: callStart, end: at });
      if (list.calls.length > maxBatchCalls) throw invalidBatch([tooManyCalls]);
      callStart = at + 1;
      isOpen = mark === 'comma';
      if (mark === 'close') list.end = endOfList(bytes, at);
    }
  });
  return list;
}

function endOfList(bytes: Buffer, at: number): number {
  if (bytes[at] === closeList) return at + 1;
  throw malformed('The body is not JSON: the list `calls` ends with another bracket than it begins with.');
}

const name = Buffer.from('"calls"');
const [colon, backslash, closeList] = [0x3a, 0x5c, 0x5d];

/** Whether `"calls":` stands before. */
function isNamedCalls(bytes: Buffer, at: number): boolean {
  const colonEnd = endOfSolid(bytes, at);
  if (bytes[colonEnd - 1] !== colon) return false;
  const end = endOfSolid(bytes, colonEnd - 1);
  const start = end - name.length;
  return start > 0 && bytes[start - 1] !== backslash && bytes.subarray(start, end).equals(name);
}

const blanks: ReadonlySet<number | undefined> = new Set([0x20, 0x09, 0x0a, 0x0d]);

/** Where the blanks before a place begin. */
function endOfSolid(bytes: Buffer, at: number): number {
  let end = at;
  while (end > 0 && blanks.has(bytes[end - 1])) end -= 1;
  return end;
}
