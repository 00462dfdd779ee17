import { webhookSecretStateSchema } from '@darkroom/contract';
import type { ApiInstance } from '../api-instance.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import { presentWebhookSecret, type WebhookSecretDependencies } from './webhook-secret-state.ts';
import { findWebhookSecrets } from './webhook-secrets.ts';

export function getWebhookSecretRoute(app: ApiInstance, dependencies: WebhookSecretDependencies): void {
  app.get(
    '/account/webhook-secret',
    {
      schema: {
        tags: ['notifications'],
        summary: 'What the webhooks are signed with',
        description:
          'Whether there is a secret, since when, and until when an earlier one counts too; never the secret.',
        response: { 200: webhookSecretStateSchema, ...problemResponses(401) },
      },
    },
    async ({ accountId }) =>
      presentWebhookSecret(dependencies, accountId, await findWebhookSecrets(dependencies.database, accountId)),
  );
}
