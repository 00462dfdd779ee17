import type { ProviderHttp } from '@darkroom/integration-sdk/worker';
import { createProviderClient, encodeBody, isProviderRequestError } from '@darkroom/platform-http';

/** Paid requests as the SDK sends them, over the platform's provider client. */
export function createProviderHttp(): ProviderHttp {
  const client = createProviderClient();
  return {
    encode: ({ url, headers, ...body }) => ({ url, headers, ...encodeBody(body) }),
    async send(request, options) {
      try {
        return { kind: 'answered', response: await client.send(request, options) };
      } catch (error) {
        if (!isProviderRequestError(error)) throw error;
        return { kind: error.stage === 'after_sending' ? 'no_answer' : error.stage, reason: error.message };
      }
    },
  };
}
