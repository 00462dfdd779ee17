/**
 * `forbidden`: the address is private, or the URL is of a kind that is never fetched. `too_large`, `too_many_redirects`,
 * `timed_out`: a limit was reached. `status`: the server answered with an error. `unreachable`: it did not answer.
 */
export type OutboundErrorCode =
  'forbidden' | 'too_large' | 'too_many_redirects' | 'timed_out' | 'status' | 'unreachable';

const name = 'OutboundError';

/** Why a file could not be fetched from an address that a user or a provider named. The message holds no part of the URL but its host. */
export class OutboundError extends Error {
  override readonly name = name;
  readonly code: OutboundErrorCode;
  /** The server's HTTP status, for the code `status`. */
  readonly status: number | undefined;

  constructor(code: OutboundErrorCode, message: string, { status, cause }: { status?: number; cause?: unknown } = {}) {
    super(message, { cause });
    this.code = code;
    this.status = status;
  }
}

export function isOutboundError(error: unknown): error is OutboundError {
  return error instanceof Error && error.name === name;
}
