import type { Api, NewSession, SessionState } from '../api.ts';
import { send } from '../http/send.ts';
import type { RequestOptions } from './request-options.ts';

/** The sign-in of a web page: a cookie that no script can read, which this client's requests carry by themselves. */
export interface Session {
  /** Exchanges an API key for it. The page forgets the key afterwards. */
  signIn(apiKey: string, options?: RequestOptions): Promise<NewSession>;
  /** Who requests are made for; undefined where a sign-in is needed. */
  current(options?: RequestOptions): Promise<SessionState | undefined>;
  /** Ends it everywhere, with the streams that it opened. */
  signOut(options?: RequestOptions): Promise<void>;
}

export function createSession(api: Api): Session {
  return {
    signIn(apiKey, options) {
      const headers = { authorization: `Bearer ${apiKey}` };
      return send((signal) => api.POST('/v1/session', { headers, signal }), options);
    },
    current: (options) =>
      send(async (signal) => {
        const { data, error, response } = await api.GET('/v1/session', { signal });
        return response.status === 401 ? { data: undefined, response: Response.json({}) } : { data, error, response };
      }, options),
    async signOut(options) {
      await send((signal) => api.DELETE('/v1/session', { signal }), options);
    },
  };
}
