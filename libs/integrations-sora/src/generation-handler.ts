import type { PollHandler } from '@darkroom/integration-sdk/worker';
import { fromListResponse } from './from-list-response.ts';
import { fromPollResponse } from './from-poll-response.ts';
import { fromProviderResponse } from './from-provider-response.ts';
import type { GenerationInput } from './input.schema.ts';
import type { VideoOutput } from './output.schema.ts';
import type { Settings } from './settings.ts';
import { toListRequest, toPollRequest, toProviderRequest } from './to-provider-request.ts';

/** Both operations: they differ in whether there is an image to start from. A video can be deleted when it is done, and not cancelled. */
export const generationHandler: PollHandler<GenerationInput, VideoOutput, Settings> = {
  toProviderRequest,
  fromProviderResponse,
  toPollRequest,
  fromPollResponse,
  toOutput: ({ artifacts }) => {
    const thumbnail = artifacts.find(({ role }) => role === 'thumbnail');
    return { videos: artifacts.filter((artifact) => artifact !== thumbnail), ...(thumbnail && { thumbnail }) };
  },
  listing: { toListRequest, fromListResponse },
};
