import type { MediaUrl, ProviderRequest } from '@darkroom/integration-sdk/worker';
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
  const urls = mediaUrls.map(({ url }) => url);
  const generation = {
    prompt,
    [fields.images]: urls.length > 0 ? urls : undefined,
    [fields.ratio]: aspectRatio,
    resolution,
    output_format: outputFormat === 'jpeg' ? fields.jpeg : outputFormat,
    google_search: googleSearch,
  };
  const body = { model, callBackUrl: callbackUrl, input: generation };
  return { url: `${settings.apiUrl}/api/v1/jobs/createTask`, headers: authorization(settings), body };
}

/** `GET {apiUrl}/api/v1/jobs/recordInfo?taskId=…`. */
export function taskUrl({ externalId, settings }: { externalId: string; settings: Settings }): string {
  return `${settings.apiUrl}/api/v1/jobs/recordInfo?taskId=${encodeURIComponent(externalId)}`;
}

export function authorization({ apiKey }: Settings): Record<string, string> {
  return { authorization: `Bearer ${apiKey}` };
}
