import type { ProviderAnswer, Refusal } from '../image-dialect.ts';
import { openaiError } from './openai-json.ts';

/** OpenAI's error envelope for one refusal. */
export function openaiRefusal(refusal: Refusal): ProviderAnswer {
  switch (refusal.kind) {
    case 'invalid_key':
      return openaiError(401, {
        message:
          refusal.apiKey === undefined
            ? missingKey
            : `Incorrect API key provided: ${masked(refusal.apiKey)}. ${findKey}`,
        type: 'invalid_request_error',
        code: refusal.apiKey === undefined ? null : 'invalid_api_key',
      });
    case 'unauthorized':
      return openaiError(401, {
        message: `Incorrect API key provided. ${findKey}`,
        type: 'invalid_request_error',
        code: 'invalid_api_key',
      });
    case 'leaks_key':
      return openaiError(401, {
        message: `Incorrect API key provided: ${refusal.apiKey}. ${findKey}`,
        type: 'invalid_request_error',
        code: 'invalid_api_key',
      });
    case 'bad_request':
      return openaiError(400, {
        message: refusal.message,
        type: 'invalid_request_error',
        param: refusal.field ?? null,
        code: 'invalid_value',
      });
    case 'unknown_model': {
      const message = `The model '${refusal.model}' does not exist or you do not have access to it.`;
      return openaiError(404, { message, type: 'invalid_request_error', code: 'model_not_found' });
    }
    case 'rate_limited':
      return rateLimited(refusal);
    case 'quota_exceeded': {
      const message = 'You exceeded your current quota, please check your plan and billing details.';
      return openaiError(429, { message, type: 'insufficient_quota', code: 'insufficient_quota' });
    }
    case 'unavailable_envelope': {
      const message = 'The engine is currently overloaded, please try again later.';
      return openaiError(503, { message, type: 'service_unavailable_error', code: null });
    }
    case 'internal_error': {
      const message = 'The server had an error while processing your request. Sorry about that!';
      return openaiError(500, { message, type: 'server_error', code: null });
    }
  }
}

const findKey = 'You can find your API key at https://platform.openai.com/account/api-keys.';
const missingKey =
  "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth.";

function rateLimited({ retryAfterSeconds, perDay }: Extract<Refusal, { kind: 'rate_limited' }>): ProviderAnswer {
  const unit = perDay ? 'requests per day (RPD): Limit 200' : 'images per minute: Limit 5';
  const wait = retryAfterSeconds === undefined ? '' : ` Please try again in ${retryAfterSeconds}s.`;
  const error = {
    message: `Rate limit reached on ${unit}.${wait}`,
    type: perDay ? 'requests' : 'images',
    code: 'rate_limit_exceeded',
  };
  return openaiError(
    429,
    error,
    retryAfterSeconds === undefined ? {} : { 'retry-after': String(Math.ceil(retryAfterSeconds)) },
  );
}

function masked(apiKey: string): string {
  return apiKey.length < 12
    ? '*'.repeat(apiKey.length)
    : `${apiKey.slice(0, 3)}${'*'.repeat(apiKey.length - 7)}${apiKey.slice(-4)}`;
}
