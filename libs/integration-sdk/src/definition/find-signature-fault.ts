import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a provider signed with HMAC-SHA256, and the signature that came with it. */
export interface SignedText {
  key: string;
  text: string;
  /** As it came; undefined for an unsigned callback. */
  signature: string | undefined;
  encoding: 'base64' | 'hex';
  /** Where the provider signs the time too: in seconds, as it came. It may differ from `now` by five minutes. */
  timestamp?: { seconds: string | undefined; now: Date };
}

/** Providers that sign the time and name no tolerance get the one of Standard Webhooks. */
const toleranceSeconds = 300;

/** Why a callback is not to be believed; undefined for one that is signed as it must be. Compares in constant time. */
export function findSignatureFault({ key, text, signature, encoding, timestamp }: SignedText): string | undefined {
  if (signature === undefined) return 'The callback is not signed.';
  const expected = createHmac('sha256', key).update(text).digest();
  const given = Buffer.from(signature, encoding);
  if (given.byteLength !== expected.byteLength || !timingSafeEqual(given, expected)) return 'The signature is wrong.';
  if (timestamp === undefined) return undefined;
  const { seconds = '', now } = timestamp;
  if (!/^\d{1,12}$/.test(seconds)) return 'The signature names no time in seconds.';
  const isNow = Math.abs(now.getTime() / 1000 - Number(seconds)) <= toleranceSeconds;
  return isNow ? undefined : 'The signature is too old, or of the future.';
}
