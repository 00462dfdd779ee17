import { createHmac, hkdfSync } from 'node:crypto';
import type { ConfiguredKey } from './api-keys.schema.ts';

/** What is kept of an API key beside a session that was made with it. */
export interface KeyFingerprints {
  /** The same for the same account and key, for as long as `TOKEN_SECRET` is the same. It does not lead back to the key. */
  of(accountId: string, key: string): Buffer;
  /** Whether a key with this fingerprint is configured now. */
  isCurrent(fingerprint: Buffer): boolean;
}

/** Keyed, because keys are short enough to be guessed by whoever reads the database; and of the account too, because a key may be given to another one. */
export function createKeyFingerprints(keys: readonly ConfiguredKey[], tokenSecret: string): KeyFingerprints {
  const secret = Buffer.from(hkdfSync('sha256', tokenSecret, Buffer.alloc(0), 'darkroom fingerprints of API keys', 32));
  const of = (accountId: string, key: string) =>
    createHmac('sha256', secret)
      .update(JSON.stringify([accountId, key]))
      .digest();
  const current = new Set(keys.map(({ accountId, key }) => of(accountId, key).toString('base64')));
  return { of, isCurrent: (fingerprint) => current.has(fingerprint.toString('base64')) };
}
