import { webhookKeysSchema } from '@darkroom/contract';
import { z } from 'zod';
import { defaultAccountId } from '../access/find-caller.ts';
import type { ApiInstance } from '../api-instance.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import type { WebhookKeys } from './webhook-keys.ts';

const querySchema = z.object({
  account: z.string().min(1).max(64).default(defaultAccountId).describe('The account whose webhooks are checked.'),
});

/** Every account has a key of its own. A key can be told for each name, so that the answer does not tell which accounts there are. */
export function webhookKeysRoute(app: ApiInstance, { webhookKeys }: { webhookKeys: WebhookKeys }): void {
  app.get(
    '/.well-known/webhook-keys.json',
    {
      schema: {
        tags: ['notifications'],
        summary: 'The public key that webhooks are signed with',
        description: 'Needs no API key: for receivers that cannot keep a secret.',
        querystring: querySchema,
        response: { 200: webhookKeysSchema, ...problemResponses(422) },
      },
    },
    async ({ query: { account } }, reply) =>
      reply
        .header('cache-control', 'public, max-age=300')
        .send({ keys: [{ algorithm: 'ed25519', signature: 'v1a', publicKey: webhookKeys.publicKeyOf(account) }] }),
  );
}
