import { faultOfShape } from '../calls/fault-of-shape.ts';
import type { BatchCalls, Piece } from './batch-body.ts';

/** Reads a text as JSON; throws where it is none. */
export type ParseJson = (text: string) => unknown;

interface PiecesToRead {
  bytes: Buffer;
  pieces: readonly Piece[];
  /** Throws a ProblemError where it is not JSON. */
  parse: (text: string, index: number) => unknown;
}

/** What `POST /v1/calls` takes. */
export const maxPieceBytes = 1024 * 1024;

/** The calls that stand in these pieces of a body. One that is larger than it could be alone is not parsed. */
export function callsIn({ bytes, pieces, parse }: PiecesToRead): BatchCalls {
  return {
    count: pieces.length,
    read(index) {
      const { start, end } = pieces[index] ?? { start: 0, end: 0 };
      const fault = (message: string) => ({ fault: { path: `/calls/${index}`, message } });
      if (end - start > maxPieceBytes) return fault('must be at most 1 MB; images go in as URLs or uploads');
      const value = parse(bytes.toString('utf8', start, end), index);
      const message = faultOfShape(value);
      return message === undefined ? { value } : fault(message);
    },
  };
}
