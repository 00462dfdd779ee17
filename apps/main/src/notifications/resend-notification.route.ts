import { notificationDetailsSchema } from '@darkroom/contract';
import type { Pool } from '@darkroom/platform-postgres';
import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import type { ApiInstance } from '../api-instance.ts';
import type { Database } from '../database/schema.ts';
import { removedThrough } from '../events/refuse-removed.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import { ProblemError } from '../problems/problem-error.ts';
import { readNotification } from './read-notification.ts';

interface ResendDependencies {
  pool: Pool;
  database: Kysely<Database>;
  /** Called after a notification was put back. */
  wakeDeliveries: () => void;
}

export function resendNotificationRoute(
  app: ApiInstance,
  { pool, database, wakeDeliveries }: ResendDependencies,
): void {
  app.post(
    '/notifications/:id/resend',
    {
      schema: {
        tags: ['notifications'],
        summary: 'Send a notification again',
        description:
          'Sends it at once, whatever became of it before: one that waits for its next attempt too. Its id stays, so that a receiver knows it, and it is tried as long as a new one.',
        params: z.object({ id: z.string() }),
        response: {
          202: notificationDetailsSchema.describe('It waits to be sent.'),
          ...problemResponses(401, 403, 404, 410),
        },
      },
    },
    async ({ params: { id }, accountId }, reply) => {
      const { event } = await readNotification(database, accountId, id);
      if (event.sequence <= (await removedThrough(pool, accountId))) {
        const detail =
          'The event that it told of was removed after the time that this server keeps events: read the call or the batch.';
        throw new ProblemError('events_removed', detail);
      }
      await startRound(database, id);
      wakeDeliveries();
      return reply.code(202).send(await readNotification(database, accountId, id));
    },
  );
}

/** The workflow of the round before finds that it is over; one that was not started yet begins as the new round. */
async function startRound(database: Kysely<Database>, id: string): Promise<void> {
  await database
    .updateTable('notifications')
    .set({
      status: 'pending',
      round: sql<number>`round + 1`,
      round_started_at: sql<Date>`clock_timestamp()`,
      round_attempts: 0,
      next_attempt_at: null,
      look_after: null,
      delivered_at: null,
    })
    .where('id', '=', id)
    .execute();
}
