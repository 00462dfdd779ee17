import type { CallVersion } from './find-call.queries.ts';

/**
 * A call's ETag is its `callSequence`. What is learned after its end, of late artifacts and of its submissions, comes without an
 * event, hence the mark.
 */
export function callEtag(call: Omit<CallVersion, 'id' | 'status' | 'created_at'>): string {
  if (!call.has_late_artifacts) return `"${call.call_sequence}"`;
  const { submissions_accepted: accepted, submissions_refused: refused, submissions_unknown: unknown } = call;
  return `"${call.call_sequence}-late-${accepted}.${refused}.${unknown}"`;
}
