import { notificationDetailsSchema } from '@darkroom/contract';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { ApiInstance } from '../api-instance.ts';
import type { Database } from '../database/schema.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import { readNotification } from './read-notification.ts';

export function getNotificationRoute(app: ApiInstance, { database }: { database: Kysely<Database> }): void {
  app.get(
    '/notifications/:id',
    {
      schema: {
        tags: ['notifications'],
        summary: 'One notification, with its attempts',
        params: z.object({ id: z.string() }),
        response: { 200: notificationDetailsSchema, ...problemResponses(401, 404) },
      },
    },
    ({ params: { id }, accountId }) => readNotification(database, accountId, id),
  );
}
