import type { ProviderResponse } from '../worker/call-handler.ts';
import type { ProviderWords } from './error-rules.ts';
import { sayWords } from './from-error-answer.ts';
import { retryAfterSeconds } from './retry-after-seconds.ts';

export interface UnavailableOutcome {
  kind: 'unavailable';
  reason: string;
  retryAfterSeconds?: number;
}

/** The answer to a look, a list or a cancel that says nothing of the task: it is asked for again. */
export function toUnavailable(response: ProviderResponse, words: ProviderWords = {}): UnavailableOutcome {
  const wait = retryAfterSeconds(response.headers) ?? words.retryAfterSeconds;
  const reason = `The provider answered ${sayWords({ status: response.status, ...words })}.`;
  return { kind: 'unavailable', reason, ...(wait !== undefined && { retryAfterSeconds: wait }) };
}
