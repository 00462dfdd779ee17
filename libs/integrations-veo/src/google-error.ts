import { type ProviderWords, readJson } from '@darkroom/integration-sdk/answers';
import type { ProviderResponse } from '@darkroom/integration-sdk/worker';
import { googleErrorSchema } from './provider-api.schema.ts';

/**
 * An error as Google words it; `words` are undefined where it is not Google's. The code also holds the reason and the quota of the
 * details, which tell apart what the status alone does not. RetryInfo's wait stands in for a missing header.
 */
export function readGoogleError(response: ProviderResponse): {
  words: ProviderWords | undefined;
  response: ProviderResponse;
} {
  const answer = googleErrorSchema.safeParse(readJson(response));
  if (!answer.success) return { words: undefined, response };
  const { status, message = '', details = [] } = answer.data.error;
  const quotas = details.flatMap(({ violations = [] }) => violations.map(({ quotaId }) => quotaId));
  const code = [status, ...details.map(({ reason }) => reason), ...quotas].filter(Boolean).join(' ');
  const delay = details.find(({ retryDelay }) => retryDelay)?.retryDelay ?? /retry in ([\d.]+s)/i.exec(message)?.[1];
  const wait = /^([\d.]+)s$/.exec(delay ?? '')?.[1];
  const headers = { ...(wait && { 'retry-after': wait }), ...response.headers };
  return { words: { status: response.status, code, message }, response: { ...response, headers } };
}
