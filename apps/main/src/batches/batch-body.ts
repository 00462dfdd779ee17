import type { ProblemFault } from '../problems/problem-error.ts';

/** A batch as it came. Its calls are parsed when they are read, one at a time: until then it takes no more memory than its bytes. */
export interface BatchBody {
  /** All that is no call, parsed. Where `calls` is a list, it is an empty one here. */
  settings: unknown;
  /** Undefined where `calls` is no list. */
  calls: BatchCalls | undefined;
}

export interface BatchCalls {
  readonly count: number;
  /** One of them, parsed, or why it cannot be a call; throws a ProblemError where it is not JSON, and the body with it. */
  read(index: number): ParsedCall;
}

/** What a call is that was parsed and not yet checked. */
export type ParsedCall = { value: unknown } | { fault: ProblemFault };

/** Where a part of the body stands in its bytes. */
export interface Piece {
  start: number;
  end: number;
}
