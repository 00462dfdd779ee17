import { deliveryDecisionSchema, deliveryReportSchema } from '@darkroom/contract';
import { z } from 'zod';
import type { ApiInstance } from '../api-instance.ts';
import { recordResult, type RecordingDependencies } from '../notifications/record-result.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import { notFound } from '../problems/problem-error.ts';

export function recordResultRoute(app: ApiInstance, recording: RecordingDependencies): void {
  app.post(
    '/notifications/:notificationId/results',
    {
      schema: {
        summary: 'Tell what became of an attempt to deliver a notification',
        params: z.object({ notificationId: z.string() }),
        body: deliveryReportSchema,
        response: { 200: deliveryDecisionSchema, ...problemResponses(401, 404, 422) },
      },
    },
    async ({ params: { notificationId }, body }) => {
      const decision = await recordResult(recording, notificationId, body);
      if (decision === undefined) throw notFound();
      return decision;
    },
  );
}
