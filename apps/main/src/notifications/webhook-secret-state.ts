import type { WebhookSecretState } from '@darkroom/contract';
import type { Kysely } from 'kysely';
import type { Database } from '../database/schema.ts';
import type { WebhookKeys } from './webhook-keys.ts';
import type { WebhookSecrets } from './webhook-secrets.ts';

export interface WebhookSecretDependencies {
  database: Kysely<Database>;
  webhookKeys: WebhookKeys;
  baseUrl: () => string;
}

/** What an account may see of its secret at any time. */
export function presentWebhookSecret(
  { webhookKeys, baseUrl }: WebhookSecretDependencies,
  accountId: string,
  secrets: WebhookSecrets | undefined,
): WebhookSecretState {
  return {
    exists: secrets !== undefined,
    ...(secrets && { createdAt: secrets.createdAt.toISOString() }),
    ...(secrets?.previousUntil && { previousUntil: secrets.previousUntil.toISOString() }),
    publicKey: webhookKeys.publicKeyOf(accountId),
    publicKeysUrl: `${baseUrl()}/.well-known/webhook-keys.json?account=${encodeURIComponent(accountId)}`,
  };
}
