import type { CallHandler } from '@darkroom/integration-sdk/worker';
import { fromProviderResponse } from './from-provider-response.ts';
import type { ImageInput } from './input.schema.ts';
import { imageDetailsSchema, type ImagesOutput } from './output.schema.ts';
import type { Settings } from './settings.ts';
import { toProviderRequest } from './to-provider-request.ts';

/** Both operations: they differ in whether there are images to start from. */
export const imageHandler: CallHandler<ImageInput, ImagesOutput, Settings> = {
  toProviderRequest,
  fromProviderResponse,
  toOutput: ({ artifacts, details }) => ({ ...imageDetailsSchema.parse(details), images: artifacts }),
};
