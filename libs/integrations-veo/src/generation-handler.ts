import type { PollHandler } from '@darkroom/integration-sdk/worker';
import { fromPollResponse } from './from-poll-response.ts';
import { fromProviderResponse } from './from-provider-response.ts';
import type { GenerationInput } from './input.schema.ts';
import { generationDetailsSchema, type VideosOutput } from './output.schema.ts';
import type { Settings } from './settings.ts';
import { toPollRequest, toProviderRequest } from './to-provider-request.ts';

/**
 * Both operations: they differ in whether there are images to start from. An operation goes on and is charged whatever its client
 * does, and there is no list of them.
 */
export const generationHandler: PollHandler<GenerationInput, VideosOutput, Settings> = {
  toProviderRequest,
  fromProviderResponse,
  toPollRequest,
  fromPollResponse,
  toOutput: ({ artifacts, details }) => ({ ...generationDetailsSchema.parse(details), videos: artifacts }),
};
