import { advanceBatchSchema, batchAdvanceSchema } from '@darkroom/contract';
import { z } from 'zod';
import type { ApiInstance } from '../api-instance.ts';
import { type BatchFollowing, followBatch } from '../batches/follow-batch.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import { notFound } from '../problems/problem-error.ts';
import type { RequestSignals } from '../request-signals.ts';

interface AdvancingDependencies extends BatchFollowing {
  requestSignals: RequestSignals;
}

export function advanceBatchRoute(app: ApiInstance, dependencies: AdvancingDependencies): void {
  app.post(
    '/batches/:id/advance',
    {
      schema: {
        summary: 'Begin what a batch may have under way, and end it when all its calls have ended',
        params: z.object({ id: z.string() }),
        body: advanceBatchSchema,
        response: { 200: batchAdvanceSchema, ...problemResponses(401, 404, 422) },
      },
    },
    async (request, reply) => {
      const advance = await followBatch(dependencies, {
        batchId: request.params.id,
        seconds: request.body.waitSeconds,
        signal: dependencies.requestSignals(reply),
      });
      if (advance === undefined) throw notFound();
      return advance;
    },
  );
}
