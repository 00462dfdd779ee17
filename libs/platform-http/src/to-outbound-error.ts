import { types } from 'node:util';
import { failureReason } from './failure-reason.ts';
import { isOutboundError, OutboundError } from './outbound-error.ts';

/** Says what a failed download means to its reader. */
export function toOutboundError(error: unknown, address: URL, timeout: AbortSignal): OutboundError {
  const own = ownErrorIn(error);
  if (own !== undefined) return own;
  if (timeout.aborted) return new OutboundError('timed_out', `${address.host} took too long`, { cause: error });
  return new OutboundError('unreachable', `${address.host} could not be read (${failureReason(error)})`, {
    cause: error,
  });
}

/** The socket may wrap what our lookup refused: once per address that it tried. */
function ownErrorIn(error: unknown): OutboundError | undefined {
  if (isOutboundError(error)) return error;
  if (!types.isNativeError(error)) return undefined;
  if ('errors' in error && Array.isArray(error.errors))
    return error.errors.map(ownErrorIn).find((own) => own !== undefined);
  return error.cause === undefined ? undefined : ownErrorIn(error.cause);
}
