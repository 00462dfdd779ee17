import { createTaskHandler } from '@darkroom/integration-sdk/answers';
import type { Input } from './input.schema.ts';
import type { Output } from './output.schema.ts';
import type { Task } from './provider-api.schema.ts';
import type { Settings } from './settings.ts';
import { taskAnswers } from './task-answers.ts';
import { toProviderRequest } from './to-provider-request.ts';

/** Delivery `callback`: as `poll`, with an address to call back (`callback.ts` reads what comes). A job that is called back is asked for all the same. */
export const callbackHandler = createTaskHandler<Input, Output, Settings, Task>({
  ...taskAnswers,
  toProviderRequest: ({ callbackUrl, ...given }) => {
    const { body, ...request } = toProviderRequest('/jobs', given);
    return { ...request, body: { ...body, ...(callbackUrl && { callback_url: callbackUrl }) } };
  },
  taskUrl: ({ externalId, settings }) => `${settings.baseUrl}/jobs/${encodeURIComponent(externalId)}`,
});
