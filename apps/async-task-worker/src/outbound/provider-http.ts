import type { ProviderHttp, ProviderReply, ProviderResponse } from '@darkroom/integration-sdk/worker';
import { createProviderClient, encodeBody, isProviderRequestError, type QueryClient } from '@darkroom/platform-http';

/** Paid requests and free questions as the SDK sends them, over the platform's clients. */
export function createProviderHttp(queryClient: QueryClient): ProviderHttp {
  const client = createProviderClient();
  return {
    encode: ({ url, headers, ...body }) => ({ url, headers, ...encodeBody(body) }),
    send: (request, options) => toReply(client.send(request, options)),
    query: (query, options) => toReply(queryClient.ask(query, options)),
  };
}

async function toReply(answer: Promise<ProviderResponse>): Promise<ProviderReply> {
  try {
    return { kind: 'answered', response: await answer };
  } catch (error) {
    if (!isProviderRequestError(error)) throw error;
    return { kind: error.stage === 'after_sending' ? 'no_answer' : error.stage, reason: error.message };
  }
}
