import type { ProviderHttp } from '@darkroom/integration-sdk/worker';
import { createProviderClient, isProviderRequestError } from '@darkroom/platform-http';

/** Paid requests as the SDK sends them, over the platform's provider client. */
export function createProviderHttp(): ProviderHttp {
  const client = createProviderClient();
  return {
    async send(request, options) {
      try {
        return { kind: 'answered', response: await client.send(request, options) };
      } catch (error) {
        if (!isProviderRequestError(error)) throw error;
        return { kind: error.stage === 'not_sent' ? 'not_sent' : 'no_answer', reason: error.message };
      }
    },
  };
}
