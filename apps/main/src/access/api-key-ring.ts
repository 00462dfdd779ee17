import { createHash, timingSafeEqual } from 'node:crypto';
import type { ConfiguredKey } from './api-keys.schema.ts';

/** Finds the account that a presented key acts for. */
export type ApiKeyRing = (presentedKey: string) => string | undefined;

/** Keeps the keys' hashes only. Every key is compared in full, so that the time tells nothing. */
export function createApiKeyRing(keys: readonly ConfiguredKey[]): ApiKeyRing {
  const hashedKeys = keys.map(({ accountId, key }) => ({ accountId, hash: hashOf(key) }));
  return (presentedKey) => {
    const presentedHash = hashOf(presentedKey);
    let found: string | undefined;
    for (const { accountId, hash } of hashedKeys) {
      if (timingSafeEqual(hash, presentedHash)) found = accountId;
    }
    return found;
  };
}

function hashOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
