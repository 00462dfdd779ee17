import { idSchema, isId, notificationSchema, notificationStatusSchema, pageSchema } from '@darkroom/contract';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { ApiInstance } from '../api-instance.ts';
import type { Database } from '../database/schema.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import { listNotifications } from './notification.queries.ts';
import { presentNotification } from './present-notification.ts';

const cursorSchema = z
  .string()
  .transform((cursor) => Buffer.from(cursor, 'base64url').toString())
  .refine((id) => isId('ntf', id), 'must be the `nextCursor` of an earlier answer');

const querySchema = z.strictObject({
  callId: idSchema('call').optional(),
  batchId: idSchema('bat').optional().describe('Of the batch, and what its subscriptions tell of its calls.'),
  status: z
    .union([notificationStatusSchema, z.array(notificationStatusSchema)])
    .transform((status) => [status].flat())
    .optional()
    .describe('May be repeated.'),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: cursorSchema.optional().describe('The `nextCursor` of the page before.'),
});

export function listNotificationsRoute(app: ApiInstance, { database }: { database: Kysely<Database> }): void {
  app.get(
    '/notifications',
    {
      schema: {
        tags: ['notifications'],
        summary: 'List notifications, newest first',
        querystring: querySchema,
        response: { 200: pageSchema(notificationSchema), ...problemResponses(401, 422) },
      },
    },
    async ({ query: { limit, cursor, ...filter }, accountId }) => {
      const rows = await listNotifications(database, { accountId, filter, beforeId: cursor, limit: limit + 1 });
      const page = rows.slice(0, limit);
      const last = rows.length > limit ? page.at(-1) : undefined;
      const nextCursor = last === undefined ? null : Buffer.from(last.id).toString('base64url');
      return { items: page.map(presentNotification), nextCursor };
    },
  );
}
