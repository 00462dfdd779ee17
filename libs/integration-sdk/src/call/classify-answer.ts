import { failure } from '@darkroom/contract';
import type { ProviderResponse } from '../worker/call-handler.ts';
import type { ProviderReply } from '../worker/outbound.ts';
import type { FruitlessOutcome } from './what-follows.ts';

const intermediaryStatuses = new Set([408, 499, 502, 503, 504]);

/** What a request that got no answer means, before any table of the integration: sent or not sent decides. */
export function classifyNoAnswer(
  reply: Extract<ProviderReply, { kind: 'not_sent' | 'no_answer' }>,
): Exclude<FruitlessOutcome, { kind: 'refused' }> {
  if (reply.kind === 'no_answer') return { kind: 'unknown', reason: reply.reason };
  return {
    kind: 'unreachable',
    error: failure('provider_unavailable', `The provider could not be reached, nothing was sent: ${reply.reason}`),
  };
}

/**
 * What an answer means where it is not the provider's own: an empty body or a page of HTML with one of these statuses comes
 * from something between us and the provider, and does not tell whether the provider took the submission. Undefined for
 * answers that the integration's table decides.
 */
export function classifyIntermediary(
  response: ProviderResponse,
): Extract<FruitlessOutcome, { kind: 'unknown' }> | undefined {
  if (!intermediaryStatuses.has(response.status)) return undefined;
  const start = Buffer.from(response.body.subarray(0, 512)).toString('utf8').trimStart().toLowerCase();
  const isHtml = start.startsWith('<') || (response.headers['content-type'] ?? '').includes('text/html');
  if (start !== '' && !isHtml) return undefined;
  const what = start === '' ? 'without a body' : 'with a page of HTML';
  return {
    kind: 'unknown',
    reason: `The answer was HTTP ${response.status} ${what}, which is not the provider's own way to refuse.`,
  };
}
