import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a link is signed for. */
export interface SignedContent {
  /** Keeps a link to one kind of thing from opening another. */
  kind: 'upload' | 'thumbnail';
  accountId: string;
  id: string;
  expiresAt: Date;
}

/** The query of a signed link: whose it is, until when it holds, in whole seconds, and the signature. */
export function signQuery(secret: string, content: SignedContent): string {
  return new URLSearchParams({
    account: content.accountId,
    expires: String(secondsOf(content.expiresAt)),
    signature: signatureOf(secret, content),
  }).toString();
}

/** Whether the signature was made by us for this and has not expired. Compares in constant time. */
export function isSigned(secret: string, content: SignedContent, shown: { signature: string; now: Date }): boolean {
  if (content.expiresAt <= shown.now) return false;
  const expected = Buffer.from(signatureOf(secret, content));
  const given = Buffer.from(shown.signature);
  return given.byteLength === expected.byteLength && timingSafeEqual(expected, given);
}

function signatureOf(secret: string, { kind, accountId, id, expiresAt }: SignedContent): string {
  const content = `${kind}|${accountId}|${id}|${secondsOf(expiresAt)}`;
  return createHmac('sha256', secret).update(content).digest('base64url');
}

function secondsOf(time: Date): number {
  return Math.floor(time.getTime() / 1000);
}
