import type { ProviderOutcome, ProviderResponse } from '../worker/call-handler.ts';
import { type ErrorRule, type ErrorRules, findErrorRule, type ProviderWords, toFailure } from './error-rules.ts';
import { retryAfterSeconds } from './retry-after-seconds.ts';

export type ErrorOutcome = Extract<ProviderOutcome, { kind: 'refused' | 'failed' | 'unknown' }>;

/** Client errors (RFC 9110, 15.5) that may be answered after the request was passed on. */
const undecided = new Set([408, 409, 425, 499]);

/**
 * What an error means as the answer to a submission. `words` are what the provider's own envelope says, undefined where the answer is
 * not in it: a page of a gateway or of another server. `settings` names the variables that a wrong address or key stands in.
 */
export function fromErrorAnswer(
  response: ProviderResponse,
  { rules, words, settings }: { rules: ErrorRules; words: ProviderWords | undefined; settings: string },
): ErrorOutcome {
  if (words === undefined) return fromForeignAnswer(response, settings);
  const said = { status: response.status, ...words };
  const rule = findErrorRule(rules, said);
  if (rule === undefined) return unknown(said);
  return rule.taken ? { kind: 'failed', error: toFailure(rule, said) } : refused(rule, said, response);
}

/** A client error says that the request was not acted on, whoever answers it (docs/decisions/foreign-answers.md); anything else does not tell. */
function fromForeignAnswer(response: ProviderResponse, settings: string): ErrorOutcome {
  const { status } = response;
  if (status >= 300 && status < 400) {
    const reason = `The provider answered ${status}, a redirect, which paid requests do not follow: check ${settings}.`;
    return { kind: 'unknown', reason };
  }
  if (status < 400 || status >= 500 || undecided.has(status)) return unknown({ status });
  return refused(foreignRule(status, settings), { status }, response);
}

function foreignRule(status: number, settings: string): ErrorRule {
  if (status === 429) {
    return {
      failure: 'provider_rate_limited',
      advice: 'Too many requests for the provider or its gateway.',
      retry: true,
    };
  }
  if (status === 401 || status === 403) {
    const advice = `A gateway before the provider did not let the request pass: check ${settings}.`;
    return { failure: 'provider_authentication', advice };
  }
  return {
    failure: 'provider_rejected',
    advice: `The address does not answer like the provider: check ${settings}.`,
  };
}

function refused(rule: ErrorRule, words: ProviderWords, { headers }: ProviderResponse): ErrorOutcome {
  const wait = retryAfterSeconds(headers) ?? words.retryAfterSeconds;
  return {
    kind: 'refused',
    error: toFailure(rule, words),
    retry: rule.retry ?? false,
    ...(wait !== undefined && { retryAfterSeconds: wait }),
  };
}

function unknown(words: ProviderWords): ErrorOutcome {
  return { kind: 'unknown', reason: `The provider answered ${sayWords(words)}.` };
}

/** `429 (RateLimitExceeded: too many requests)`. */
export function sayWords({ status, code, message }: ProviderWords): string {
  const said = [code, message].filter((part) => part !== undefined && part !== '').join(': ');
  return `${status ?? 'an error'}${said === '' ? '' : ` (${said})`}`;
}
