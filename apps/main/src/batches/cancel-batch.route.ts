import { cancelBatchAnswerSchema, isId } from '@darkroom/contract';
import { z } from 'zod';
import type { ApiInstance } from '../api-instance.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import { notFound } from '../problems/problem-error.ts';
import type { BatchAdvancing } from './advance-batch.ts';
import { type BatchReader, readBatchOf } from './batch-reader.ts';
import { cancelBatch } from './cancel-batch.ts';

export type CancelBatchDependencies = BatchAdvancing & BatchReader;

export function cancelBatchRoute(app: ApiInstance, dependencies: CancelBatchDependencies): void {
  app.post(
    '/batches/:id/cancel',
    {
      schema: {
        tags: ['batches'],
        summary: 'Cancel a batch',
        description:
          'Ends the calls that have not begun, unpaid, before it answers, and asks those under way to cancel, as `POST /v1/calls/:id/cancel` does. To cancel again changes nothing.',
        params: z.object({ id: z.string() }),
        response: { 200: cancelBatchAnswerSchema, ...problemResponses(401, 403, 404) },
      },
    },
    async ({ params: { id }, accountId }) => {
      const own = isId('bat', id) ? await readBatchOf(dependencies, accountId, id) : undefined;
      const result = own && (await cancelBatch(dependencies, id));
      const batch = result && (await readBatchOf(dependencies, accountId, id));
      if (result === undefined || batch === undefined) throw notFound();
      return { result, batch };
    },
  );
}
