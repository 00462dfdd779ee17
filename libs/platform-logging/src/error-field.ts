/** An error as a log shows it. Other properties are left out: clients hang requests, with their keys, on their errors. */
export interface ErrorField {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly stack?: string;
  readonly cause?: ErrorField;
}

const deepestCause = 5;

/** Turns a thrown value into its log field, with its causes; a value that is no error is kept as it is. */
export function serializeError(thrown: unknown): unknown {
  return isErrorLike(thrown) ? toField(thrown, 0) : thrown;
}

interface ErrorLike {
  readonly name?: unknown;
  readonly message: string;
  readonly code?: unknown;
  readonly stack?: unknown;
  readonly cause?: unknown;
}

function toField({ name, message, code, stack, cause }: ErrorLike, depth: number): ErrorField {
  return {
    type: typeof name === 'string' ? name : 'Error',
    message,
    ...(typeof code === 'string' || typeof code === 'number' ? { code: String(code) } : {}),
    ...(typeof stack === 'string' ? { stack } : {}),
    ...(isErrorLike(cause) && depth < deepestCause ? { cause: toField(cause, depth + 1) } : {}),
  };
}

// Errors of another realm (a sandbox of a workflow or a test) are no instances of our Error.
function isErrorLike(value: unknown): value is ErrorLike {
  return (
    typeof value === 'object' &&
    value !== null &&
    'message' in value &&
    typeof value.message === 'string' &&
    'stack' in value
  );
}
