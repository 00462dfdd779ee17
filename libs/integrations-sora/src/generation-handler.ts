import { createTaskHandler } from '@darkroom/integration-sdk/answers';
import { fromVideo } from './from-video.ts';
import type { GenerationInput } from './input.schema.ts';
import type { VideoOutput } from './output.schema.ts';
import { createdSchema, errorAnswerSchema, type Video, videoListSchema, videoSchema } from './provider-api.schema.ts';
import { errors } from './provider-errors.ts';
import type { Settings } from './settings.ts';
import { authorization, toListUrl, toProviderRequest, videoUrl } from './to-provider-request.ts';

/** Both operations: they differ in whether there is an image to start from. A video can be deleted when it is done, and not cancelled. */
export const generationHandler = createTaskHandler<GenerationInput, VideoOutput, Settings, Video>({
  toProviderRequest,
  headers: authorization,
  taskUrl: videoUrl,
  createdSchema,
  taskSchema: videoSchema,
  errorSchema: errorAnswerSchema,
  errors,
  fromTask: fromVideo,
  toOutput: ({ artifacts }) => {
    const thumbnail = artifacts.find(({ role }) => role === 'thumbnail');
    return { videos: artifacts.filter((artifact) => artifact !== thumbnail), ...(thumbnail && { thumbnail }) };
  },
  // The videos of this key, of every model.
  listing: { toListUrl, schema: videoListSchema },
});
