import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { ConfiguredKey } from './api-keys.schema.ts';

/** Finds the account that a presented key acts for. */
export type ApiKeyRing = (presentedKey: string) => string | undefined;

/**
 * Keeps the keys' hashes only. They are made with a secret that this process drew, so that nobody can choose the hash that is
 * looked up, and the time of the look-up tells nothing of a key, however many there are.
 */
export function createApiKeyRing(keys: readonly ConfiguredKey[]): ApiKeyRing {
  const secret = randomBytes(32);
  const hashOf = (key: string) => createHmac('sha256', secret).update(key).digest();
  const hashedKeys = new Map(
    keys.map(({ accountId, key }) => [hashOf(key).toString('latin1'), { accountId, hash: hashOf(key) }]),
  );
  return (presentedKey) => {
    const presentedHash = hashOf(presentedKey);
    const found = hashedKeys.get(presentedHash.toString('latin1'));
    return found !== undefined && timingSafeEqual(found.hash, presentedHash) ? found.accountId : undefined;
  };
}
