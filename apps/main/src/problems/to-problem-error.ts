import { isDatabaseAway, isDatabaseBusy } from '../database/database-errors.ts';
import { notFound, ProblemError, type ProblemFault } from './problem-error.ts';

const retryAfterSeconds = 2;

/** What an error that a request ended with means to the client. */
export function toProblemError(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (isDatabaseAway(error)) return databaseAway(error);
  if (isDatabaseBusy(error)) {
    return new ProblemError('overloaded', 'The database is busy. Nothing was changed; try again.', {
      retryAfterSeconds,
      cause: error,
    });
  }
  return (
    fromFramework(error) ??
    new ProblemError('internal', 'Try again; if it stays, the log of main says why.', { cause: error })
  );
}

function databaseAway(cause: unknown): ProblemError {
  const detail = 'Try again soon. A POST whose answer was lost is safe to repeat with the same Idempotency-Key.';
  return new ProblemError('database_unavailable', detail, { retryAfterSeconds, cause });
}

interface FrameworkError {
  code?: unknown;
  statusCode?: unknown;
  message?: unknown;
  validation?: readonly { instancePath?: string; message?: string }[];
  validationContext?: string;
}

function fromFramework(error: unknown): ProblemError | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, statusCode, message, validation, validationContext }: FrameworkError = error;
  if (validation !== undefined) {
    const errors = validation.map((fault): ProblemFault => ({
      path: pathOf(fault.instancePath ?? '', validationContext),
      message: fault.message ?? 'is not valid',
    }));
    return new ProblemError('invalid_request', 'Correct what `errors` lists and send the request again.', { errors });
  }
  if (code === 'FST_UNDER_PRESSURE')
    return new ProblemError('overloaded', 'Try again soon.', { retryAfterSeconds, cause: error });
  if (statusCode === 413)
    return new ProblemError('too_large', 'Send a JSON body of at most 1 MB; images go in as URLs or uploads.');
  if (statusCode === 415)
    return new ProblemError('unsupported_media_type', 'Send JSON with `content-type: application/json`.');
  // A part of the address that is not even well-formed, or too long, is one more id that does not exist.
  if (statusCode === 404 || code === 'FST_ERR_BAD_URL' || code === 'FST_ERR_MAX_PARAM_LENGTH') return notFound();
  if (typeof statusCode !== 'number' || statusCode < 400 || statusCode >= 500) return undefined;
  return new ProblemError('malformed_request', typeof message === 'string' ? message : 'The request cannot be read.');
}

/** Faults in the query are told apart from those in the body by a question mark: `?limit`. */
function pathOf(instancePath: string, context: string | undefined): string {
  return context === 'querystring' ? `?${instancePath.replace(/^\//, '')}` : instancePath;
}
