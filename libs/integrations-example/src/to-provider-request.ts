import type { ProviderRequest } from '@darkroom/integration-sdk/worker';
import type { Settings } from './definition.ts';
import type { Input } from './input.schema.ts';

/** `POST {baseUrl}/images`. */
export function toProviderRequest({ input, settings }: { input: Input; settings: Settings }): ProviderRequest {
  const { prompt, size = '512x512' } = input;
  return {
    url: `${settings.baseUrl}/images`,
    headers: { authorization: `Bearer ${settings.apiKey}` },
    body: { prompt, size },
  };
}
