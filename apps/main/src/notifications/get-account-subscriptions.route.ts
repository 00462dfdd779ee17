import { accountSubscriptionsSchema } from '@darkroom/contract';
import type { Kysely } from 'kysely';
import type { ApiInstance } from '../api-instance.ts';
import type { Database } from '../database/schema.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import { readAccountSubscriptions } from './account-subscriptions.ts';

export function getAccountSubscriptionsRoute(app: ApiInstance, { database }: { database: Kysely<Database> }): void {
  app.get(
    '/account/notifications',
    {
      schema: {
        tags: ['notifications'],
        summary: "The account's own subscriptions",
        description:
          'They are told of every call and batch of the account. Of a Slack address only the beginning is shown.',
        response: { 200: accountSubscriptionsSchema, ...problemResponses(401) },
      },
    },
    ({ accountId }) => readAccountSubscriptions(database, accountId),
  );
}
