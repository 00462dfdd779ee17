import type { PollHandler } from '@darkroom/integration-sdk/worker';
import { fromCreatedResponse, fromTaskResponse } from './from-task-response.ts';
import type { Input } from './input.schema.ts';
import type { Output } from './output.schema.ts';
import type { Settings } from './settings.ts';
import { authorization, toProviderRequest } from './to-provider-request.ts';

/** Delivery `callback`: as `poll`, with an address to call back (`callback.ts` reads what comes). A job that is called back is asked for all the same. */
export const callbackHandler: PollHandler<Input, Output, Settings> = {
  toProviderRequest: ({ callbackUrl, ...given }) => {
    const { body, ...request } = toProviderRequest('/jobs', given);
    return { ...request, body: { ...body, ...(callbackUrl && { callback_url: callbackUrl }) } };
  },
  fromProviderResponse: fromCreatedResponse,
  toPollRequest: ({ externalId, settings }) => ({
    method: 'GET',
    url: `${settings.baseUrl}/jobs/${encodeURIComponent(externalId)}`,
    headers: authorization(settings),
  }),
  fromPollResponse: fromTaskResponse,
  toOutput: ({ artifacts }) => ({ images: artifacts }),
};
