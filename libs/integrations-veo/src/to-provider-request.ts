import type { InputImage, ProviderRequest } from '@darkroom/integration-sdk/worker';
import { type GenerationInput, parametersSchema } from './input.schema.ts';
import type { Settings } from './settings.ts';

interface Generation {
  input: GenerationInput;
  images: InputImage[];
  settings: Settings;
}

/** `POST {baseUrl}/models/{model}:predictLongRunning`. What was not chosen is undefined, and so is not sent. */
export function toProviderRequest({ input, images, settings }: Generation): ProviderRequest {
  const { prompt, ...parameters } = input;
  const imagesOf = (name: string) => images.filter(({ field }) => field === name).map(toInlineImage);
  const [image] = imagesOf('image');
  const [lastFrame] = imagesOf('lastFrame');
  // The reference type is unverified: the REST pages write it small, the SDKs in capitals.
  const references = imagesOf('referenceImages').map((reference) => ({ image: reference, referenceType: 'asset' }));
  const instance = { prompt, image, lastFrame, ...(references.length > 0 && { referenceImages: references }) };
  return {
    url: `${settings.baseUrl}/models/${encodeURIComponent(settings.model)}:predictLongRunning`,
    headers: authorization(settings),
    body: { instances: [instance], parameters: parametersSchema.parse(parameters) },
  };
}

function toInlineImage({ contentType, bytes }: InputImage) {
  return { bytesBase64Encoded: Buffer.from(bytes).toString('base64'), mimeType: contentType };
}

export function authorization({ apiKey }: Settings): Record<string, string> {
  return { 'x-goog-api-key': apiKey };
}
