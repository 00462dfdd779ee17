import { notificationRoundSchema, preparedNotificationSchema } from '@darkroom/contract';
import { z } from 'zod';
import type { ApiInstance } from '../api-instance.ts';
import { prepareNotification, type PreparingDependencies } from '../notifications/prepare-notification.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import { notFound } from '../problems/problem-error.ts';

export function prepareNotificationRoute(app: ApiInstance, preparing: PreparingDependencies): void {
  app.post(
    '/notifications/:notificationId/attempts',
    {
      schema: {
        summary: 'What to send for a notification, signed for this attempt',
        params: z.object({ notificationId: z.string() }),
        body: notificationRoundSchema,
        response: { 200: preparedNotificationSchema, ...problemResponses(401, 404, 422) },
      },
    },
    async ({ params: { notificationId }, body: { round } }) => {
      const prepared = await prepareNotification(preparing, notificationId, round);
      if (prepared === undefined) throw notFound();
      return prepared;
    },
  );
}
