import { newWebhookSecretSchema, renewWebhookSecretSchema } from '@darkroom/contract';
import type { ApiInstance } from '../api-instance.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import { presentWebhookSecret, type WebhookSecretDependencies } from './webhook-secret-state.ts';
import { renewWebhookSecret } from './webhook-secrets.ts';

export function renewWebhookSecretRoute(app: ApiInstance, dependencies: WebhookSecretDependencies): void {
  const { database, webhookKeys } = dependencies;
  app.post(
    '/account/webhook-secret',
    {
      schema: {
        tags: ['notifications'],
        summary: 'Make the secret that webhooks are signed with, or a new one',
        description:
          'Shows the secret this once. The one before it signs too until `previousUntil`, so that a receiver can change without losing a webhook.',
        body: renewWebhookSecretSchema,
        response: { 201: newWebhookSecretSchema, ...problemResponses(400, 401, 403, 415, 422) },
      },
    },
    async ({ accountId, body: { overlapSeconds } }, reply) => {
      const secrets = await renewWebhookSecret(database, accountId, overlapSeconds);
      return reply
        .code(201)
        .header('cache-control', 'no-store')
        .send({
          ...presentWebhookSecret(dependencies, accountId, secrets),
          secret: webhookKeys.secretOf(accountId, secrets.generation),
        });
    },
  );
}
