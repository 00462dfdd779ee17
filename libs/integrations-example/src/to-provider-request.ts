import type { ProviderRequest } from '@darkroom/integration-sdk/worker';
import type { Input } from './input.schema.ts';
import type { Settings } from './settings.ts';

/** `POST {baseUrl}/images`, `/tasks` or `/jobs`: the paid request. What was not chosen is undefined, and so is not sent. */
export function toProviderRequest(
  path: '/images' | '/tasks' | '/jobs',
  { input, settings }: { input: Input; settings: Settings },
): ProviderRequest & { body: object } {
  const { prompt, size } = input;
  return { url: settings.baseUrl + path, headers: authorization(settings), body: { prompt, size } };
}

export function authorization({ apiKey }: Settings): { authorization: string } {
  return { authorization: `Bearer ${apiKey}` };
}
