import type { ProviderOutcome, ProviderResponse } from '@darkroom/integration-sdk/worker';
import { refused, unknown } from './outcomes.ts';
import { retryAfterSeconds } from '@darkroom/integration-sdk/answers';

/** Client errors (RFC 9110, 15.5) that may be answered after the request was passed on. */
const undecided = new Set([408, 409, 425, 499]);

/**
 * What an error means that is not in the provider's own envelope: a page of a gateway or of another server. A client error
 * says that the request was not acted on (docs/decisions/foreign-answers.md); anything else does not tell.
 */
export function fromForeignAnswer({ status, headers }: ProviderResponse): ProviderOutcome {
  const words = { status };
  if (status >= 300 && status < 400) {
    const advice = 'paid requests do not follow redirects: check NANOBANANA2_EXTERNAL_BASE_URL';
    return unknown({ status, message: advice });
  }
  if (status < 400 || status >= 500 || undecided.has(status)) return unknown(words);
  if (status === 429) {
    const message = 'Too many requests for the provider or its gateway.';
    return refused({
      code: 'provider_rate_limited',
      message,
      words,
      retry: true,
      retryAfterSeconds: retryAfterSeconds(headers),
    });
  }
  if (status === 401 || status === 403) {
    const message =
      'A gateway before the provider did not let the request pass: check NANOBANANA2_EXTERNAL_API_KEY and NANOBANANA2_EXTERNAL_BASE_URL.';
    return refused({ code: 'provider_authentication', message, words });
  }
  const message =
    'The address does not answer like the provider: check NANOBANANA2_EXTERNAL_BASE_URL and NANOBANANA2_EXTERNAL_DIALECT.';
  return refused({ code: 'provider_rejected', message, words });
}
