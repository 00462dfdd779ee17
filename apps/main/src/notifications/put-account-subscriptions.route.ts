import { accountSubscriptionsSchema } from '@darkroom/contract';
import type { Kysely } from 'kysely';
import type { ApiInstance } from '../api-instance.ts';
import { schemaFaults } from '../calls/schema-faults.ts';
import type { Database } from '../database/schema.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import { ProblemError } from '../problems/problem-error.ts';
import { replaceAccountSubscriptions } from './account-subscriptions.ts';
import { readSubscriptions, type SubscriptionSurroundings } from './read-subscriptions.ts';

export interface AccountSubscribing extends SubscriptionSurroundings {
  database: Kysely<Database>;
  noteSubscription: (accountId: string) => void;
}

export function putAccountSubscriptionsRoute(app: ApiInstance, subscribing: AccountSubscribing): void {
  const { database, noteSubscription } = subscribing;
  app.put(
    '/account/notifications',
    {
      // The body is read together with its addresses, so that one answer lists every fault with its path.
      attachValidation: true,
      schema: {
        tags: ['notifications'],
        summary: "Set the account's own subscriptions",
        description:
          'All of them: what is left out ends. They are told of what happens from now on, beside what a call or a batch asks for itself.',
        body: accountSubscriptionsSchema,
        response: { 200: accountSubscriptionsSchema, ...problemResponses(400, 401, 403, 413, 415, 422) },
      },
    },
    async ({ body, accountId }) => {
      const parsed = accountSubscriptionsSchema.safeParse(body);
      const { read, faults } = readSubscriptions(parsed.data ?? {}, subscribing, null);
      const errors = [...(parsed.error ? schemaFaults(parsed.error) : []), ...faults];
      if (errors.length > 0)
        throw new ProblemError('invalid_request', 'Correct what `errors` lists and send the request again.', {
          errors,
        });
      const subscriptions = await replaceAccountSubscriptions(database, accountId, read);
      noteSubscription(accountId);
      return subscriptions;
    },
  );
}
