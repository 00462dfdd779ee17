import type { CallVersion } from './find-call.queries.ts';

/** A call's ETag is its `callSequence`. Late artifacts come without an event, hence the mark. */
export function callEtag({
  call_sequence: callSequence,
  has_late_artifacts: hasLateArtifacts,
}: Pick<CallVersion, 'call_sequence' | 'has_late_artifacts'>): string {
  return hasLateArtifacts ? `"${callSequence}-late"` : `"${callSequence}"`;
}

/** Whether an `If-None-Match` names the ETag (RFC 9110: compared weakly, `*` names any). */
export function matchesEtag(ifNoneMatch: string, etag: string): boolean {
  return ifNoneMatch.split(',').some((entry) => {
    const candidate = entry.trim().replace(/^W\//, '');
    return candidate === '*' || candidate === etag;
  });
}
