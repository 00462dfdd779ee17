import type { CallHandler } from '@darkroom/integration-sdk/worker';
import { toChatRequest } from './dialects/chat/to-provider-request.ts';
import type { DialectMapping } from './dialects/dialect.ts';
import { fromGeminiResponse } from './dialects/gemini/from-provider-response.ts';
import { toGeminiRequest } from './dialects/gemini/to-provider-request.ts';
import { toImagesRequest } from './dialects/images/to-provider-request.ts';
import { fromOpenaiResponse } from './dialects/openai/from-provider-response.ts';
import type { GenerationInput } from './input.schema.ts';
import { generationDetailsSchema, type ImagesOutput } from './output.schema.ts';
import type { Dialect, Settings } from './settings.ts';

const mappings: Record<Dialect, DialectMapping> = {
  gemini: { toProviderRequest: toGeminiRequest, fromProviderResponse: fromGeminiResponse },
  images: { toProviderRequest: toImagesRequest, fromProviderResponse: fromOpenaiResponse },
  chat: { toProviderRequest: toChatRequest, fromProviderResponse: fromOpenaiResponse },
};

/** Both operations: they differ in whether there are images to start from. */
export const generationHandler: CallHandler<GenerationInput, ImagesOutput, Settings> = {
  toProviderRequest: (given) => mappings[given.settings.dialect].toProviderRequest(given),
  fromProviderResponse: ({ response, settings }) => mappings[settings.dialect].fromProviderResponse(response),
  toOutput: ({ artifacts, details }) => ({ ...generationDetailsSchema.parse(details), images: artifacts }),
};
