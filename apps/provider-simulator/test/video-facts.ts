import { mp4Facts } from './mp4-facts.ts';

/** Downloads a video and reads its facts; undefined facts where it is none. */
export async function download(url: string, headers: Record<string, string> = {}) {
  const response = await fetch(url, { headers });
  const bytes = Buffer.from(await response.arrayBuffer());
  const mimeType = response.headers.get('content-type');
  return { status: response.status, mimeType, ...(mimeType === 'video/mp4' && { facts: mp4Facts(bytes) }) };
}
