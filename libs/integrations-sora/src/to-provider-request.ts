import type { FormPart, InputImage, ProviderRequest } from '@darkroom/integration-sdk/worker';
import type { GenerationInput } from './input.schema.ts';
import type { Settings } from './settings.ts';

interface Generation {
  input: GenerationInput;
  images: InputImage[];
  settings: Settings;
}

/** `POST {baseUrl}/videos` as a form; `seconds` is text there. */
export function toProviderRequest({ input, images, settings }: Generation): ProviderRequest {
  const { prompt, seconds, size } = input;
  const texts = Object.entries({ model: settings.model, prompt, seconds, size });
  const form: FormPart[] = texts.flatMap(([name, value]) => (value === undefined ? [] : { name, text: String(value) }));
  return {
    url: `${settings.baseUrl}/videos`,
    headers: authorization(settings),
    form: [...form, ...images.map(toInputReference)],
  };
}

function toInputReference({ contentType, bytes }: InputImage): FormPart {
  const fileName = `image.${contentType.replace('image/', '')}`;
  return { name: 'input_reference', fileName, contentType, bytes };
}

/** `GET {baseUrl}/videos/{id}`. */
export function videoUrl({ externalId, settings }: { externalId: string; settings: Settings }): string {
  return `${settings.baseUrl}/videos/${encodeURIComponent(externalId)}`;
}

/** `GET {baseUrl}/videos`, newest first; `after` is the last id of the page before. */
export function toListUrl({ settings, after }: { settings: Settings; after?: string }): string {
  const query = new URLSearchParams({ order: 'desc', limit: '100', ...(after !== undefined && { after }) });
  return `${settings.baseUrl}/videos?${query}`;
}

export function authorization({ apiKey }: Settings): Record<string, string> {
  return { authorization: `Bearer ${apiKey}` };
}
