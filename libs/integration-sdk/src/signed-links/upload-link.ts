import { createHmac, timingSafeEqual } from 'node:crypto';

/** An upload that whoever holds the link may fetch until it expires. */
export interface UploadLink {
  accountId: string;
  uploadId: string;
  expiresAt: Date;
}

/** The path and query of a signed link; `GET` on it at `main` answers the bytes. */
export function createUploadPath(secret: string, link: UploadLink): string {
  const expires = Math.floor(link.expiresAt.getTime() / 1000);
  const query = new URLSearchParams({
    account: link.accountId,
    expires: String(expires),
    signature: signatureOf(secret, link),
  });
  return `/media/${link.uploadId}?${query}`;
}

/** Whether the link was made by us and has not expired. Compares in constant time. */
export function isUploadLink(secret: string, link: UploadLink & { signature: string; now: Date }): boolean {
  if (link.expiresAt <= link.now) return false;
  const expected = Buffer.from(signatureOf(secret, link));
  const given = Buffer.from(link.signature);
  return given.byteLength === expected.byteLength && timingSafeEqual(expected, given);
}

function signatureOf(secret: string, { accountId, uploadId, expiresAt }: UploadLink): string {
  const expires = Math.floor(expiresAt.getTime() / 1000);
  return createHmac('sha256', secret).update(`upload|${accountId}|${uploadId}|${expires}`).digest('base64url');
}
