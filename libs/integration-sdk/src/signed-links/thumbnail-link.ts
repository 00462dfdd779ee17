import { createHmac, timingSafeEqual } from 'node:crypto';

/** A small picture of an artifact that whoever holds the link may see until it expires. */
export interface ThumbnailLink {
  accountId: string;
  artifactId: string;
  expiresAt: Date;
}

/** The path and query of a signed link; `GET` on it at `main` answers a JPEG. */
export function createThumbnailPath(secret: string, link: ThumbnailLink): string {
  const query = new URLSearchParams({
    account: link.accountId,
    expires: String(secondsOf(link.expiresAt)),
    signature: signatureOf(secret, link),
  });
  return `/thumbnails/${link.artifactId}?${query}`;
}

/** Whether the link was made by us and has not expired. Compares in constant time. */
export function isThumbnailLink(secret: string, link: ThumbnailLink & { signature: string; now: Date }): boolean {
  if (link.expiresAt <= link.now) return false;
  const expected = Buffer.from(signatureOf(secret, link));
  const given = Buffer.from(link.signature);
  return given.byteLength === expected.byteLength && timingSafeEqual(expected, given);
}

function signatureOf(secret: string, { accountId, artifactId, expiresAt }: ThumbnailLink): string {
  const content = `thumbnail|${accountId}|${artifactId}|${secondsOf(expiresAt)}`;
  return createHmac('sha256', secret).update(content).digest('base64url');
}

function secondsOf(time: Date): number {
  return Math.floor(time.getTime() / 1000);
}
