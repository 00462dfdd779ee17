import type { ProviderAnswer, Refusal } from '../image-dialect.ts';
import { googleJson } from './google-json.ts';

const quotaUrl = 'https://ai.google.dev/gemini-api/docs/rate-limits';
const perMinuteQuota = 'GenerateRequestsPerMinutePerProjectPerModel-FreeTier';
const perDayQuota = 'GenerateRequestsPerDayPerProjectPerModel-FreeTier';
const secondsToTheNextDay = 52_758;

/** The error envelope of Google's APIs for one refusal. */
export function geminiRefusal(refusal: Refusal): ProviderAnswer {
  switch (refusal.kind) {
    case 'invalid_key':
      return refusal.apiKey === undefined ? missingKey() : invalidKey();
    case 'unauthorized':
      return envelope({
        code: 401,
        status: 'UNAUTHENTICATED',
        message: 'Request had invalid authentication credentials.',
      });
    case 'leaks_key':
      return envelope({
        code: 401,
        status: 'UNAUTHENTICATED',
        message: `API key ${refusal.apiKey} is not authorized for this project.`,
      });
    case 'bad_request':
      return envelope({
        code: 400,
        status: 'INVALID_ARGUMENT',
        message: refusal.message,
        details: refusal.field ? [fieldViolation(refusal)] : undefined,
      });
    case 'unknown_model': {
      const message = `models/${refusal.model} is not found for API version v1beta, or is not supported for generateContent. Call ListModels to see the list of available models and their supported methods.`;
      return envelope({ code: 404, status: 'NOT_FOUND', message });
    }
    case 'rate_limited':
      return quota(refusal.perDay ? perDayQuota : perMinuteQuota, refusal.retryAfterSeconds);
    case 'quota_exceeded':
      return quota(perDayQuota, secondsToTheNextDay);
    case 'unavailable_envelope':
      return envelope({
        code: 503,
        status: 'UNAVAILABLE',
        message: 'The model is overloaded. Please try again later.',
      });
    case 'internal_error':
      return envelope({
        code: 500,
        status: 'INTERNAL',
        message:
          'An internal error has occurred. Please retry or report in https://developers.generativeai.google/guide/troubleshooting',
      });
  }
}

function missingKey(): ProviderAnswer {
  const message =
    "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API consumer identity to call this API.";
  return envelope({ code: 403, status: 'PERMISSION_DENIED', message });
}

function invalidKey(): ProviderAnswer {
  const message = 'API key not valid. Please pass a valid API key.';
  return envelope({
    code: 400,
    status: 'INVALID_ARGUMENT',
    message,
    details: [
      {
        '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
        reason: 'API_KEY_INVALID',
        domain: 'googleapis.com',
        metadata: { service: 'generativelanguage.googleapis.com' },
      },
      { '@type': 'type.googleapis.com/google.rpc.LocalizedMessage', locale: 'en-US', message },
    ],
  });
}

/** Without a delay there are no details at all: that form is seen too. */
function quota(quotaId: string, retryAfterSeconds: number | undefined): ProviderAnswer {
  const exceeded =
    'You exceeded your current quota, please check your plan and billing details. For more information on this error, head to: https://ai.google.dev/gemini-api/docs/rate-limits.';
  if (retryAfterSeconds === undefined) return envelope({ code: 429, status: 'RESOURCE_EXHAUSTED', message: exceeded });
  const metric = 'generativelanguage.googleapis.com/generate_content_free_tier_requests';
  const message = `${exceeded} \n* Quota exceeded for metric: ${metric}, limit: 20\nPlease retry in ${retryAfterSeconds}s.`;
  return envelope({
    code: 429,
    status: 'RESOURCE_EXHAUSTED',
    message,
    details: [
      {
        '@type': 'type.googleapis.com/google.rpc.Help',
        links: [{ description: 'Learn more about Gemini API quotas', url: quotaUrl }],
      },
      {
        '@type': 'type.googleapis.com/google.rpc.QuotaFailure',
        violations: [{ quotaMetric: metric, quotaId, quotaDimensions: { location: 'global' }, quotaValue: '20' }],
      },
      { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: `${retryAfterSeconds}s` },
    ],
  });
}

function fieldViolation({ message, field }: { readonly message: string; readonly field?: string }) {
  return {
    '@type': 'type.googleapis.com/google.rpc.BadRequest',
    fieldViolations: [{ field, description: message }],
  };
}

interface GoogleError {
  readonly code: number;
  readonly status: string;
  readonly message: string;
  readonly details?: readonly object[] | undefined;
}

function envelope(error: GoogleError): ProviderAnswer {
  const { code, message, status, details } = error;
  return googleJson(code, { error: { code, message, status, ...(details && { details }) } });
}
