/**
 * `denied`: the credentials lack a right. `conflict`: other bytes are stored under the key. `not_found`: no such object or
 * bucket. `too_large`: the object is larger than its reader takes. `unavailable`: the store did not answer, or answered that it cannot now.
 */
export type ObjectStoreErrorCode = 'denied' | 'conflict' | 'not_found' | 'too_large' | 'unavailable';

const name = 'ObjectStoreError';

/** What went wrong at the object store. Only `unavailable` is worth trying again. */
export class ObjectStoreError extends Error {
  override readonly name = name;
  readonly code: ObjectStoreErrorCode;
  readonly retryable: boolean;

  constructor(code: ObjectStoreErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
    this.retryable = code === 'unavailable';
  }
}

export function isObjectStoreError(error: unknown): error is ObjectStoreError {
  return error instanceof Error && error.name === name;
}

/** Says what the store's answer means, without repeating keys, signatures or addresses of signed requests. */
export function toObjectStoreError(error: unknown, doing: string): ObjectStoreError {
  if (isObjectStoreError(error)) return error;
  const status = httpStatusOf(error);
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown reason';
  if (status === 403 || status === 401) {
    return new ObjectStoreError(
      'denied',
      `The object store refused to ${doing} (${reason}). Check the credentials and their rights.`,
      error,
    );
  }
  if (status === 404)
    return new ObjectStoreError('not_found', `The object store could not ${doing}: not found (${reason}).`, error);
  return new ObjectStoreError(
    'unavailable',
    `The object store could not ${doing} (${reason}). It is tried again where that is safe.`,
    error,
  );
}

/** A missing bucket is a fault of the deployment; a missing object is an answer. */
export function isMissingObject(error: unknown): boolean {
  return httpStatusOf(error) === 404 && error instanceof Error && error.name !== 'NoSuchBucket';
}

export function httpStatusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('$metadata' in error)) return undefined;
  const metadata = error.$metadata as { httpStatusCode?: number } | undefined;
  return metadata?.httpStatusCode;
}
