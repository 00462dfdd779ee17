import type { PublicApi } from './public-api.ts';

/** What a test sends as a browser would, or as somebody who pretends to be one. */
export interface BrowserRequest {
  method?: string;
  /** The header `Cookie`. */
  cookie?: string;
  /** The header `Origin`; the API's own where it is left out, none where it is null. */
  origin?: string | null;
  authorization?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

/** Sends a request with these headers and no others that tell who makes it. */
export function browse(api: Pick<PublicApi, 'url'>, path: string, request: BrowserRequest = {}): Promise<Response> {
  const { method = 'GET', cookie, origin = api.url, authorization, body, headers } = request;
  return fetch(`${api.url}${path}`, {
    method,
    redirect: 'manual',
    headers: {
      ...(cookie !== undefined && { cookie }),
      ...(origin !== null && method !== 'GET' && { origin }),
      ...(authorization !== undefined && { authorization }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

/** Signs in with a key, and answers the header `Cookie` that the browser sends from then on. */
export async function signIn(api: Pick<PublicApi, 'url'>, key: string): Promise<string> {
  const response = await browse(api, '/v1/session', { method: 'POST', authorization: `Bearer ${key}` });
  if (response.status !== 201) throw new Error(`The sign-in was answered ${response.status}.`);
  return cookieIn(response);
}

/** The cookie that an answer sets, as the browser sends it back. */
export function cookieIn(response: Response): string {
  return (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}
