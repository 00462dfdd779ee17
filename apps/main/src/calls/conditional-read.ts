import { z } from 'zod';
import { maxWaitSeconds } from './prefer-header.ts';

/** The query of a route at which a change can be waited for. */
export function waitQuerySchema(what: 'call' | 'batch') {
  return z.strictObject({
    wait: z.coerce
      .number()
      .int()
      .min(0)
      .max(maxWaitSeconds)
      .optional()
      .describe(
        `Seconds to wait for a change: beyond the version in \`If-None-Match\`, or beyond the present one. A ${what} that has ended is answered at once.`,
      ),
  });
}

/** Its headers. */
export function ifNoneMatchSchema(what: 'call' | 'batch' | 'artifact' | 'upload') {
  return z.object({ 'if-none-match': z.string().optional().describe(`An \`ETag\` of this ${what}.`) });
}

/** Its answer without a body. */
export function notModifiedSchema(what: 'call' | 'batch' | 'artifact' | 'upload') {
  return z.undefined().describe(`The ${what} is as the \`ETag\` in \`If-None-Match\` says.`);
}

/** Tells whether a version is another than the client knows, or, where it knows none, than the first that is asked about. */
export function createChangeCheck(ifNoneMatch: string | undefined): (etag: string) => boolean {
  let known = ifNoneMatch;
  return (etag) => {
    known ??= etag;
    return !matchesEtag(known, etag);
  };
}

/** Whether an `If-None-Match` names the ETag (RFC 9110: compared weakly, `*` names any). */
export function matchesEtag(ifNoneMatch: string, etag: string): boolean {
  return ifNoneMatch.split(',').some((entry) => {
    const candidate = entry.trim().replace(/^W\//, '');
    return candidate === '*' || candidate === etag;
  });
}
