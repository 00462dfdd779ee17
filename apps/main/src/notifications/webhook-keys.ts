import { createHmac, createPrivateKey, createPublicKey, hkdfSync, type KeyObject, sign } from 'node:crypto';

/** The keys of every account, made from the one secret of the deployment: none of them is stored. */
export interface WebhookKeys {
  /** `whsec_…`. A new generation is another secret. */
  secretOf(accountId: string, generation: number): string;
  /** The Ed25519 key, `whpk_…`. */
  publicKeyOf(accountId: string): string;
  /** The value of `webhook-signature`: one for each secret that counts, and the Ed25519 one. */
  sign(accountId: string, message: WebhookMessage, generations: readonly number[]): string;
}

export interface WebhookMessage {
  id: string;
  /** Seconds since 1970. */
  timestamp: number;
  body: string;
}

const keyBytes = 32;
/** What stands before the 32 bytes of an Ed25519 key in PKCS#8 (RFC 8410). */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex');

/** By the Standard Webhooks specification 1.0: `v1` is HMAC-SHA256, `v1a` Ed25519, over `id.timestamp.body`. */
export function createWebhookKeys(secret: string): WebhookKeys {
  const derive = (purpose: string) =>
    Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), `darkroom ${purpose}`, keyBytes));
  const symmetric = (accountId: string, generation: number) => derive(`webhook secret ${generation} ${accountId}`);
  const privateKeyOf = (accountId: string): KeyObject => {
    const key = Buffer.concat([pkcs8Head, derive(`webhook key ${accountId}`)]);
    return createPrivateKey({ key, format: 'der', type: 'pkcs8' });
  };

  return {
    secretOf: (accountId, generation) => `whsec_${symmetric(accountId, generation).toString('base64')}`,
    publicKeyOf(accountId) {
      const spki = createPublicKey(privateKeyOf(accountId)).export({ format: 'der', type: 'spki' });
      return `whpk_${spki.subarray(-keyBytes).toString('base64')}`;
    },
    sign(accountId, { id, timestamp, body }, generations) {
      const content = Buffer.from(`${id}.${timestamp}.${body}`);
      const shared = generations.map(
        (generation) => `v1,${createHmac('sha256', symmetric(accountId, generation)).update(content).digest('base64')}`,
      );
      return [...shared, `v1a,${sign(null, content, privateKeyOf(accountId)).toString('base64')}`].join(' ');
    },
  };
}
