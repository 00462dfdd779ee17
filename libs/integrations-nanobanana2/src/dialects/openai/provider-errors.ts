import type { FailureCode } from '@darkroom/contract';
import type { ProviderOutcome, ProviderResponse } from '@darkroom/integration-sdk/worker';
import { refused, unknown } from '../outcomes.ts';
import { retryAfterSeconds } from '@darkroom/integration-sdk/answers';
import type { OpenaiError } from './provider-api.schema.ts';

interface Refusal {
  code: FailureCode;
  message: string;
  retry?: boolean;
}

const moderationCodes = new Set(['moderation_blocked', 'content_policy_violation', 'content_filter']);
/** OpenAI's and LiteLLM's names for an account without money; the status differs. */
const quotaCodes = new Set(['insufficient_quota', 'billing_hard_limit_reached', 'budget_exceeded']);

const contentRejected: Refusal = {
  code: 'content_rejected',
  message: 'The provider refused the content: change the prompt or the images.',
};
const quotaExceeded: Refusal = {
  code: 'provider_quota_exceeded',
  message: "The provider account's quota or budget is used up: raise it, then make the call again.",
};
const authentication: Refusal = {
  code: 'provider_authentication',
  message: 'The provider does not accept the key: check NANOBANANA2_EXTERNAL_API_KEY and its rights.',
};
const rejected: Refusal = {
  code: 'provider_rejected',
  message: 'The provider does not take this input: change what it names.',
};

/** Statuses by which the provider says, in its own envelope, that it did not take the request. Others do not tell. */
const refusals: Record<number, Refusal> = {
  400: rejected,
  401: authentication,
  402: quotaExceeded,
  403: authentication,
  404: {
    code: 'provider_rejected',
    message: 'The provider does not have this model or path: check NANOBANANA2_EXTERNAL_MODEL, _BASE_URL and _DIALECT.',
  },
  405: rejected,
  413: rejected,
  415: rejected,
  422: rejected,
  429: { code: 'provider_rate_limited', message: 'Too many requests for this key.', retry: true },
  503: { code: 'provider_unavailable', message: 'The model is overloaded: make the call again later.', retry: true },
};

/** What an error in OpenAI's envelope means. 500, 502 and 504 come from within: they may have been charged. */
export function fromOpenaiError(error: OpenaiError, { status, headers }: ProviderResponse): ProviderOutcome {
  const ownCode = error.code ?? error.type ?? undefined;
  const words = {
    status,
    code: ownCode === undefined ? undefined : String(ownCode),
    message: error.message ?? undefined,
  };
  const refusal = refusals[status];
  if (refusal === undefined) return unknown(words);
  if (isModeration(error)) return refused({ ...contentRejected, words });
  if (namedIn(quotaCodes, error) || (status === 429 && isDaily(error))) return refused({ ...quotaExceeded, words });
  return refused({ ...refusal, words, retryAfterSeconds: retryAfterSeconds(headers) });
}

export function isModeration(error: OpenaiError): boolean {
  return namedIn(moderationCodes, error);
}

function namedIn(names: ReadonlySet<string>, { code, type }: OpenaiError): boolean {
  return names.has(String(code)) || names.has(String(type));
}

/** A limit for the whole day, by the message alone: waiting within a call's deadline cannot help. */
function isDaily({ message }: OpenaiError): boolean {
  return /per[ _]day|\bRPD\b/i.test(message ?? '');
}
