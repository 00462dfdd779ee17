import type { FailureCode } from '@darkroom/contract';
import type { ProviderOutcome, ProviderResponse } from '@darkroom/integration-sdk/worker';
import { refused, unknown } from '../outcomes.ts';
import { retryAfterSeconds } from '@darkroom/integration-sdk/answers';
import type { GoogleError } from './provider-api.schema.ts';

/** Finish reasons (js-genai's `FinishReason`) that stand for the content, not for a failure of the model. */
const contentBlocks = new Set([
  'SAFETY',
  'RECITATION',
  'BLOCKLIST',
  'PROHIBITED_CONTENT',
  'SPII',
  'IMAGE_SAFETY',
  'IMAGE_PROHIBITED_CONTENT',
  'IMAGE_RECITATION',
]);

export function isContentBlock(finishReason: string): boolean {
  return contentBlocks.has(finishReason);
}

const unauthenticated = {
  code: 'provider_authentication',
  message: 'The provider does not know the key: check NANOBANANA2_EXTERNAL_API_KEY.',
} as const;

/** Answers by which Google says that it did not take the request, and what its reader can do. Others do not tell. */
const refusals: Record<string, { code: FailureCode; message: string; retry?: boolean }> = {
  INVALID_ARGUMENT: {
    code: 'provider_rejected',
    message: 'The provider does not take this input: change what it names.',
  },
  FAILED_PRECONDITION: {
    code: 'provider_rejected',
    message: "The provider does not serve this account here: check the project's billing and region.",
  },
  UNAUTHENTICATED: unauthenticated,
  PERMISSION_DENIED: {
    code: 'provider_authentication',
    message: 'The key may not use this model: check NANOBANANA2_EXTERNAL_API_KEY and its rights.',
  },
  NOT_FOUND: {
    code: 'provider_rejected',
    message:
      'The provider does not have this model: check NANOBANANA2_EXTERNAL_MODEL and NANOBANANA2_EXTERNAL_BASE_URL.',
  },
  RESOURCE_EXHAUSTED: { code: 'provider_rate_limited', message: 'Too many requests for this key.', retry: true },
  UNAVAILABLE: {
    code: 'provider_unavailable',
    message: 'The model is overloaded: make the call again later.',
    retry: true,
  },
};

/** What an error in Google's envelope means. INTERNAL and DEADLINE_EXCEEDED come from within: they may have been charged. */
export function fromGoogleError(error: GoogleError, { status, headers }: ProviderResponse): ProviderOutcome {
  const words = { status, code: error.status, message: error.message };
  if (isInvalidKey(error)) return refused({ ...unauthenticated, words });
  const refusal = refusals[error.status ?? ''];
  if (refusal === undefined) return unknown(words);
  if (isDailyQuota(error)) {
    const message = "The provider's quota for the day is used up: raise it, or make the call again tomorrow.";
    return refused({ code: 'provider_quota_exceeded', message, words });
  }
  return refused({ ...refusal, words, retryAfterSeconds: retryAfterSeconds(headers) ?? retryDelaySeconds(error) });
}

/** An invalid key is answered as INVALID_ARGUMENT, told apart by ErrorInfo's reason (unverified, so the message counts too). */
function isInvalidKey({ status, message = '', details = [] }: GoogleError): boolean {
  if (status !== 'INVALID_ARGUMENT') return false;
  return details.some(({ reason }) => reason === 'API_KEY_INVALID') || /api key not valid/i.test(message);
}

function isDailyQuota({ details = [] }: GoogleError): boolean {
  return details.some(({ violations = [] }) => violations.some(({ quotaId = '' }) => quotaId.includes('PerDay')));
}

/** RetryInfo's duration (`"47.4s"`), or the same in the message where the details are absent. */
function retryDelaySeconds({ details = [], message = '' }: GoogleError): number | undefined {
  const delay =
    details.find(({ retryDelay }) => retryDelay !== undefined)?.retryDelay ?? /retry in ([\d.]+s)/i.exec(message)?.[1];
  const seconds = Number(/^([\d.]+)s$/.exec(delay ?? '')?.[1]);
  return Number.isFinite(seconds) ? seconds : undefined;
}
