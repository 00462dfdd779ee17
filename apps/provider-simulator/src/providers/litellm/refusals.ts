import type { ProviderAnswer, Refusal } from '../image-dialect.ts';
import { litellmJson } from './litellm-json.ts';

/** The proxy's error envelope for one refusal: `code` is the status as a text, and the message names the exception. */
export function litellmRefusal(refusal: Refusal): ProviderAnswer {
  switch (refusal.kind) {
    case 'invalid_key':
      return refusal.apiKey === undefined
        ? envelope({ status: 401, message: 'Authentication Error, No api key passed in.', type: 'auth_error' })
        : unknownToken(`sk-...${refusal.apiKey.slice(-4)}`);
    case 'unauthorized':
      return unknownToken('sk-...0000');
    case 'leaks_key':
      return unknownToken(refusal.apiKey);
    case 'bad_request':
      return envelope({
        status: 400,
        message: `litellm.BadRequestError: Vertex_aiException BadRequestError - ${refusal.message}`,
        type: 'invalid_request_error',
        param: refusal.field ?? null,
      });
    case 'unknown_model': {
      const message = `/chat/completions: Invalid model name passed in model=${refusal.model}. Call \`/v1/models\` to view available models for your key.`;
      return envelope({ status: 400, message, type: 'invalid_request_error', param: 'model' });
    }
    case 'rate_limited':
      return rateLimited(refusal);
    case 'quota_exceeded':
      return envelope({
        status: 400,
        message: 'Budget has been exceeded! Current cost: 10.02, Max budget: 10.0',
        type: 'budget_exceeded',
      });
    case 'unavailable_envelope':
      return envelope({
        status: 503,
        message:
          'litellm.ServiceUnavailableError: Vertex_aiException - The model is overloaded. Please try again later.',
        type: null,
      });
    case 'internal_error':
      return envelope({
        status: 500,
        message: 'litellm.InternalServerError: Vertex_aiException InternalServerError - Internal error encountered.',
        type: null,
      });
  }
}

function unknownToken(shownKey: string): ProviderAnswer {
  const message = `Authentication Error, Invalid proxy server token passed. Received API Key = ${shownKey}. Unable to find token in cache or \`LiteLLM_VerificationTokenTable\``;
  return envelope({ status: 401, message, type: 'token_not_found_in_db', param: 'key' });
}

function rateLimited({ retryAfterSeconds, perDay }: Extract<Refusal, { kind: 'rate_limited' }>): ProviderAnswer {
  const quota = perDay
    ? 'Quota exceeded for aiplatform.googleapis.com/generate_content_requests_per_day'
    : 'Resource exhausted';
  const message = `litellm.RateLimitError: Vertex_aiException - ${quota}. Please try again later. status: RESOURCE_EXHAUSTED`;
  const headers = retryAfterSeconds === undefined ? undefined : { 'retry-after': String(Math.ceil(retryAfterSeconds)) };
  return envelope({ status: 429, message, type: 'throttling_error', headers });
}

interface ProxyError {
  readonly status: number;
  readonly message: string;
  readonly type: string | null;
  readonly param?: string | null;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

function envelope({ status, message, type, param = null, headers }: ProxyError): ProviderAnswer {
  return litellmJson(status, { error: { message, type, param, code: String(status) } }, headers);
}
