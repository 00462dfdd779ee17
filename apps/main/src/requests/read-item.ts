import { jsonPointer } from '../calls/json-pointer.ts';
import { readSubmission, type Submission } from '../calls/read-submission.ts';
import { ProblemError } from '../problems/problem-error.ts';
import { readRequest, type RequestReadOptions } from './read-request.ts';

/**
 * Reads one of several things to make: a request where it says its `type`, otherwise a call. A ProblemError lists its faults, with their
 * paths from where the item stands, such as `['calls', 41]`; one that concerns the whole item has the path of the item.
 */
export async function readItem(
  item: unknown,
  at: readonly PropertyKey[],
  options: RequestReadOptions,
): Promise<Submission> {
  const read = isRequest(item) ? readRequest : readSubmission;
  return read(item, options).catch((error: unknown) => {
    throw error instanceof ProblemError ? error.withPaths((path) => `${jsonPointer(at)}${path}`) : error;
  });
}

/** Whether it is read as a request. */
export function isRequest(item: unknown): boolean {
  return typeof item === 'object' && item !== null && 'type' in item && !('integration' in item);
}
