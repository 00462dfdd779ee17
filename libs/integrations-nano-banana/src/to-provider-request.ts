import type { MediaUrl, ProviderQuery, ProviderRequest } from '@darkroom/integration-sdk/worker';
import type { GenerationInput } from './input.schema.ts';
import { defaultModel, modelFields } from './models.ts';
import type { Settings } from './settings.ts';

interface Generation {
  input: GenerationInput;
  mediaUrls: MediaUrl[];
  settings: Settings;
  callbackUrl?: string;
}

/** `POST {apiUrl}/api/v1/jobs/createTask`. What was not chosen is undefined, and so is not sent. */
export function toProviderRequest({ input, mediaUrls, settings, callbackUrl }: Generation): ProviderRequest {
  const { model = defaultModel, prompt, aspectRatio, resolution, outputFormat, googleSearch } = input;
  const fields = modelFields[model];
  return {
    url: `${settings.apiUrl}/api/v1/jobs/createTask`,
    headers: { authorization: `Bearer ${settings.apiKey}` },
    body: {
      model,
      callBackUrl: callbackUrl,
      input: {
        prompt,
        [fields.images]: mediaUrls.length > 0 ? mediaUrls.map(({ url }) => url) : undefined,
        [fields.ratio]: aspectRatio,
        resolution,
        output_format: outputFormat === 'jpeg' ? fields.jpeg : outputFormat,
        google_search: googleSearch,
      },
    },
  };
}

/** `GET {apiUrl}/api/v1/jobs/recordInfo?taskId=…`. */
export function toPollRequest({ externalId, settings }: { externalId: string; settings: Settings }): ProviderQuery {
  return {
    method: 'GET',
    url: `${settings.apiUrl}/api/v1/jobs/recordInfo?taskId=${encodeURIComponent(externalId)}`,
    headers: { authorization: `Bearer ${settings.apiKey}` },
  };
}
