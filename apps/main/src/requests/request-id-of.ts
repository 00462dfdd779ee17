import { findUnstorable } from '../calls/unstorable-text.ts';

/** The `requestId` in the body of a request, also of one that is refused by now. */
export function requestIdOf(body: unknown): string | undefined {
  const { requestId }: { requestId?: unknown } = typeof body === 'object' && body !== null ? body : {};
  return typeof requestId === 'string' && findUnstorable(requestId, []).length === 0 ? requestId : undefined;
}
