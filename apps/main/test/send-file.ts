import type { Answer, PublicApi } from './public-api.ts';
import { testKeys } from './public-api.ts';

interface SendOptions {
  account?: keyof typeof testKeys;
  fileName?: string;
  contentType?: string;
}

/** Uploads a file as `curl -F file=@name` does. */
export async function sendFile<Body>(
  api: PublicApi,
  bytes: Buffer,
  { account = 'alpha', fileName = 'file', contentType = 'application/octet-stream' }: SendOptions = {},
): Promise<Answer<Body>> {
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(bytes)], { type: contentType }), fileName);
  return sendForm(api, form, { authorization: `Bearer ${testKeys[account]}` });
}

export async function sendForm<Body>(
  { url }: PublicApi,
  body: NonNullable<RequestInit['body']>,
  headers: Record<string, string>,
): Promise<Answer<Body>> {
  const response = await fetch(`${url}/v1/uploads`, { method: 'POST', headers, body });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Body };
}
