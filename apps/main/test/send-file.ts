import type { Answer, PublicApi } from './public-api.ts';
import { testKeys } from './public-api.ts';

interface SendOptions {
  account?: keyof typeof testKeys;
  fileName?: string;
  contentType?: string;
  /** What it says that it was made from. */
  sourceArtifactIds?: readonly string[];
}

/** Uploads a file as `curl -F file=@name` does. */
export async function sendFile<Body>(
  api: PublicApi,
  bytes: Buffer,
  {
    account = 'alpha',
    fileName = 'file',
    contentType = 'application/octet-stream',
    sourceArtifactIds = [],
  }: SendOptions = {},
): Promise<Answer<Body>> {
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(bytes)], { type: contentType }), fileName);
  const query = new URLSearchParams();
  for (const id of sourceArtifactIds) query.append('sourceArtifactId', id);
  const headers = { authorization: `Bearer ${testKeys[account]}` };
  return post(`${api.url}/v1/uploads?${query}`, form, headers);
}

export async function sendForm<Body>(
  { url }: PublicApi,
  body: NonNullable<RequestInit['body']>,
  headers: Record<string, string>,
): Promise<Answer<Body>> {
  return post(`${url}/v1/uploads`, body, headers);
}

async function post<Body>(
  url: string,
  body: NonNullable<RequestInit['body']>,
  headers: Record<string, string>,
): Promise<Answer<Body>> {
  const response = await fetch(url, { method: 'POST', headers, body });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Body };
}
