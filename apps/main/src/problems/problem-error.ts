import type { Problem } from '@darkroom/contract';
import { type ProblemCode, problemKinds } from './problem-codes.ts';

/** One fault of a request: where it is, and what is wrong with it. */
export type ProblemFault = NonNullable<Problem['errors']>[number];

interface ProblemOptions {
  errors?: ProblemFault[];
  /** The first sequence that is left of a log. */
  firstSequence?: number;
  /** Becomes the header `Retry-After`. */
  retryAfterSeconds?: number;
  headers?: Readonly<Record<string, string>>;
  cause?: unknown;
}

/** An answer by RFC 9457, thrown. `detail` tells the reader what to do next. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly code: ProblemCode;
  readonly headers: Readonly<Record<string, string>>;
  readonly #facts: Pick<ProblemOptions, 'errors' | 'firstSequence'>;

  constructor(code: ProblemCode, detail: string, options: ProblemOptions = {}) {
    const { errors, firstSequence, retryAfterSeconds, headers, cause } = options;
    super(detail, { cause });
    this.code = code;
    this.headers = { ...headers, ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }) };
    this.#facts = { ...(errors && { errors }), ...(firstSequence !== undefined && { firstSequence }) };
  }

  /** The same problem, with its faults at other places. */
  withPaths(translate: (path: string) => string): ProblemError {
    const errors = this.#facts.errors?.map((fault) => ({ ...fault, path: translate(fault.path) }));
    return new ProblemError(this.code, this.message, {
      ...this.#facts,
      headers: this.headers,
      cause: this.cause,
      ...(errors !== undefined && { errors }),
    });
  }

  /** Where the faults are, as far as it knows. */
  get faults(): readonly ProblemFault[] {
    return this.#facts.errors ?? [];
  }

  toProblem(): Problem {
    return {
      type: `urn:darkroom:problem:${this.code.replaceAll('_', '-')}`,
      ...problemKinds[this.code],
      detail: this.message,
      code: this.code,
      ...this.#facts,
    };
  }
}

/** The one answer for addresses that do not exist, and for ids that are malformed, unknown or another account's. */
export function notFound(cause?: unknown): ProblemError {
  return new ProblemError(
    'not_found',
    'There is nothing here for this account. Check the address and the id; /docs lists the addresses.',
    { cause },
  );
}

/** What is answered where a browser uses a session, or is to keep one, for a page of another site. */
export function foreignOrigin(): ProblemError {
  const detail =
    'Browsers say in `Origin` whose page sends a request; with a session only those at PUBLIC_BASE_URL may sign in or out and change something. Open the page at that address, or send an API key from a program.';
  return new ProblemError('foreign_origin', detail);
}
