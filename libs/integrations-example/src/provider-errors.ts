import { failure, type FailureCode } from '@darkroom/contract';
import type { ProviderOutcome, ProviderResponse } from '@darkroom/integration-sdk/worker';

/** The provider's codes by which it says that it did not take the request. Its others do not tell. */
const refusals: Record<string, { code: FailureCode; message: string; retry?: boolean }> = {
  unauthorized: {
    code: 'provider_authentication',
    message: 'The provider does not know the key: check EXAMPLE_EXTERNAL_API_KEY.',
  },
  invalid_request: {
    code: 'provider_rejected',
    message: 'The provider does not take this input: change what it names.',
  },
  content_blocked: { code: 'content_rejected', message: 'The provider blocked the prompt: change it.' },
  quota_exceeded: { code: 'provider_quota_exceeded', message: 'The account has no credit left: add some.' },
  daily_limit_reached: {
    code: 'provider_quota_exceeded',
    message: 'The limit for the day is reached: wait for tomorrow.',
  },
  rate_limited: { code: 'provider_rate_limited', message: 'Too many requests for this key.', retry: true },
  unavailable: {
    code: 'provider_unavailable',
    message: 'The provider takes no requests now: make the call again later.',
    retry: true,
  },
};

export function fromProviderError(
  { code, message }: { code: string; message: string },
  { status, headers }: ProviderResponse,
): ProviderOutcome {
  const refusal = refusals[code];
  if (refusal === undefined) return { kind: 'unknown', reason: `The provider answered ${status} (${code}).` };
  const error = failure(refusal.code, refusal.message, { provider: { status, code, message } });
  const retryAfterSeconds = Number(headers['retry-after'] ?? Number.NaN);
  return {
    kind: 'refused',
    error,
    retry: refusal.retry ?? false,
    ...(Number.isFinite(retryAfterSeconds) && { retryAfterSeconds }),
  };
}
