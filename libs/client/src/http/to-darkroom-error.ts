import type { ApiProblem } from '../api.ts';
import { DarkroomError } from '../darkroom-error.ts';
import { readRetryAfter } from './retry-after.ts';

/** What an answer that is no success means. `body` is its parsed JSON, or its text. */
export function toDarkroomError({ status, url, headers }: Response, body: unknown): DarkroomError {
  const retryAfterMs = readRetryAfter(headers.get('retry-after'));
  const retryAfterSeconds = retryAfterMs === undefined ? undefined : retryAfterMs / 1000;
  if (!isProblem(body)) {
    const detail = `${url} answered ${status}, and not as Darkroom does. Check that baseUrl is the address of Darkroom's public API, and what stands between.`;
    return new DarkroomError('unexpected_answer', detail, { status, retryable: isBusy(status), retryAfterSeconds });
  }
  const { code, detail, retryable, errors, firstSequence } = body;
  return new DarkroomError(code, errors === undefined ? detail : `${detail} ${listOf(errors)}`, {
    status,
    retryable,
    errors,
    retryAfterSeconds,
    removedThrough: firstSequence === undefined ? undefined : firstSequence - 1,
  });
}

/** Answers of a proxy or a server that has too much to do, or is away. */
function isBusy(status: number): boolean {
  return status === 429 || status >= 500;
}

function isProblem(body: unknown): body is ApiProblem {
  if (typeof body !== 'object' || body === null) return false;
  const { code, detail, retryable }: Partial<Record<keyof ApiProblem, unknown>> = body;
  return typeof code === 'string' && typeof detail === 'string' && typeof retryable === 'boolean';
}

function listOf(errors: NonNullable<ApiProblem['errors']>): string {
  return errors.map(({ path, message }) => `${path} ${message}`).join('; ');
}
