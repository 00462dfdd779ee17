import type { Call } from '@darkroom/contract';
import { definition as example } from '@darkroom/integrations-example';
import { definition as fangzhou } from '@darkroom/integrations-fangzhou-video-generation';
import { definition as nanobanana2 } from '@darkroom/integrations-nanobanana2';
import { definition as seedream } from '@darkroom/integrations-seedream';
import { definition as veo } from '@darkroom/integrations-veo';
import { createIntegrationCatalog } from '../src/integrations/integration-catalog.ts';
import { createRequestCatalog } from '../src/requests/request-catalog.ts';
import type { RequestOptions } from './public-api.ts';
import { setUpPublicApi } from './set-up-public-api.ts';

export const image = { type: 'image', prompt: 'a lighthouse at dawn' };
export const video = { type: 'video', prompt: 'waves' };

/** What the API depends on where requests that name no provider go to these. */
export function requestProviders(providers: Parameters<typeof createRequestCatalog>[0]['providers']) {
  const catalog = createIntegrationCatalog({
    definitions: [example, fangzhou, nanobanana2, seedream, veo],
    enabled: [fangzhou, nanobanana2, seedream, veo],
    overrules: {},
  });
  return { catalog, requestCatalog: createRequestCatalog({ catalog, providers, simulated: false }) };
}

/** Starts the public API for a test file about requests, with four integrations that take them. */
export function setUpRequests() {
  /** How often the dispatcher was woken. */
  const noted = { wakes: 0 };
  const api = setUpPublicApi(() => ({
    ...requestProviders({ image: 'nanobanana2', video: 'veo/text-to-video' }),
    wakeDispatcher: () => void (noted.wakes += 1),
  }));
  return {
    api,
    noted,
    ask: (body: unknown, options: RequestOptions = {}) =>
      api.request<Call>('/v1/requests', { method: 'POST', body, ...options }),
    listed: async (query: string, options: RequestOptions = {}) =>
      (await api.request<{ items: Call[] }>(`/v1/calls?${query}`, options)).body.items,
  };
}
