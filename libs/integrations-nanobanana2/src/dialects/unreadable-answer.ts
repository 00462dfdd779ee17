import { failure } from '@darkroom/contract';
import type { ProviderOutcome } from '@darkroom/integration-sdk/worker';

/** The variables that a wrong address, key or dialect stands in. */
export const settings = 'NANOBANANA2_EXTERNAL_BASE_URL, NANOBANANA2_EXTERNAL_API_KEY and NANOBANANA2_EXTERNAL_DIALECT';

/** The answer is a success by its status, and nothing that can be read. */
export function unreadable(status: number): ProviderOutcome {
  const message = "The provider's answer cannot be read: check that the dialect setting fits the provider.";
  return { kind: 'failed', error: failure('provider_response_invalid', message, { provider: { status } }) };
}
