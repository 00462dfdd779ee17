import { toDataUri } from '@darkroom/integration-sdk/answers';
import type { InputImage, ProviderRequest } from '@darkroom/integration-sdk/worker';
import type { ImageInput } from './input.schema.ts';
import type { Settings } from './settings.ts';

interface Submission {
  input: ImageInput;
  images: InputImage[];
  settings: Settings;
}

/** `POST {baseUrl}/images/generations` (82379/1666945). Addresses, because a group of 4K images in base64 is a body of 200 MB. */
export function toProviderRequest({ input, images, settings }: Submission): ProviderRequest {
  const { prompt, size, count = 1, watermark = false, outputFormat, optimizePrompt } = input;
  const body = {
    model: settings.model,
    prompt,
    ...(images.length > 0 && { image: images.map(toDataUri) }),
    ...(size && { size }),
    ...toGroup(count),
    ...(outputFormat && { output_format: outputFormat }),
    ...(optimizePrompt && { optimize_prompt_options: { mode: optimizePrompt } }),
    response_format: 'url',
    stream: false,
    watermark,
  };
  const headers = { authorization: `Bearer ${settings.apiKey}` };
  return { url: `${settings.baseUrl}/images/generations`, headers, body };
}

function toGroup(count: number) {
  if (count === 1) return { sequential_image_generation: 'disabled' };
  return { sequential_image_generation: 'auto', sequential_image_generation_options: { max_images: count } };
}
