import type { Api, Integration } from '../api.ts';
import { send } from '../http/send.ts';
import type { RequestOptions } from './request-options.ts';

/** What can be asked for. */
export interface Integrations {
  /** All of them, with the JSON Schemas of their operations, enabled or not. */
  list(options?: RequestOptions): Promise<Integration[]>;
  get(name: string, options?: RequestOptions): Promise<Integration>;
}

export function createIntegrations(api: Api): Integrations {
  return {
    async list(options) {
      const { items } = await send((signal) => api.GET('/v1/integrations', { signal }), options);
      return items;
    },
    get: (name, options) =>
      send((signal) => api.GET('/v1/integrations/{name}', { params: { path: { name } }, signal }), options),
  };
}
