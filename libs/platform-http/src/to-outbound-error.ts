import { isOutboundError, OutboundError } from './outbound-error.ts';

/** Says what a failed download means to its reader. */
export function toOutboundError(error: unknown, address: URL, timeout: AbortSignal): OutboundError {
  const own = ownErrorIn(error);
  if (own !== undefined) return own;
  if (timeout.aborted) return new OutboundError('timed_out', `${address.host} took too long`, { cause: error });
  const reason = error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.name) : 'unknown reason';
  return new OutboundError('unreachable', `${address.host} could not be read (${reason})`, { cause: error });
}

/** The socket may wrap what our lookup refused: once per address that it tried. */
function ownErrorIn(error: unknown): OutboundError | undefined {
  if (isOutboundError(error)) return error;
  if (error instanceof AggregateError) return error.errors.map(ownErrorIn).find((own) => own !== undefined);
  return error instanceof Error && error.cause !== undefined ? ownErrorIn(error.cause) : undefined;
}
