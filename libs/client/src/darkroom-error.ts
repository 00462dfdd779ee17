import type { ApiProblem, Call } from './api.ts';

/** What the client itself has to say, beside the codes of the API's problems. */
export type ClientErrorCode =
  /** Nobody answered, also after several attempts. */
  | 'no_answer'
  /** Something else than Darkroom answered. */
  | 'unexpected_answer'
  /** A subscription has polled as often as it may, with answers, and push did not come back. */
  | 'gave_up_polling'
  /** `after` lies behind the end of the log: the log is another than the one that it was read from. */
  | 'sequence_ahead'
  /** A call that was run has failed: `call.error` says why. */
  | 'call_failed'
  /** A call that was run was cancelled. */
  | 'call_cancelled';

export type DarkroomErrorCode = ApiProblem['code'] | ClientErrorCode;

export interface DarkroomErrorFacts {
  /** The HTTP status, where there was an answer. */
  status?: number | undefined;
  retryable?: boolean | undefined;
  /** What is wrong where in the request, by JSON Pointers such as `/input/prompt`. */
  errors?: readonly { path: string; message: string }[] | undefined;
  /** After how many seconds the server asks to try again. */
  retryAfterSeconds?: number | undefined;
  /** With `events_removed`: what is left of the log begins behind this sequence. */
  removedThrough?: number | undefined;
  /** With `call_failed` and `call_cancelled`. */
  call?: Call | undefined;
  /** Of what was to make something: whoever repeats it repeats it with this key. */
  idempotencyKey?: string | undefined;
  /** The same of a batch. */
  batchId?: string | undefined;
  cause?: unknown;
}

/**
 * Everything that goes wrong, but for an abort, which rejects with the reason of its signal. The message says what to do next; `code` is of a closed
 * list, and `retryable` says whether the same request, made again later, has a fair chance: what makes something is repeated with the `idempotencyKey`
 * or `batchId` of the error, since the first request may have been accepted. What can be repeated by itself was repeated.
 */
export class DarkroomError extends Error {
  override readonly name = 'DarkroomError';
  readonly code: DarkroomErrorCode;
  readonly status: number | undefined;
  readonly retryable: boolean;
  readonly errors: readonly { path: string; message: string }[];
  readonly retryAfterSeconds: number | undefined;
  readonly removedThrough: number | undefined;
  readonly call: Call | undefined;
  readonly idempotencyKey: string | undefined;
  readonly batchId: string | undefined;

  constructor(code: DarkroomErrorCode, message: string, facts: DarkroomErrorFacts = {}) {
    super(message, { cause: facts.cause });
    this.code = code;
    this.status = facts.status;
    this.retryable = facts.retryable ?? false;
    this.errors = facts.errors ?? [];
    this.retryAfterSeconds = facts.retryAfterSeconds;
    this.removedThrough = facts.removedThrough;
    this.call = facts.call;
    this.idempotencyKey = facts.idempotencyKey;
    this.batchId = facts.batchId;
  }
}
