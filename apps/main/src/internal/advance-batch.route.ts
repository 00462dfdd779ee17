import { advanceBatchSchema, batchAdvanceSchema } from '@darkroom/contract';
import { z } from 'zod';
import type { ApiInstance } from '../api-instance.ts';
import { type BatchFollowing, followBatch } from '../batches/follow-batch.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import { notFound } from '../problems/problem-error.ts';

export function advanceBatchRoute(app: ApiInstance, following: BatchFollowing): void {
  const stopping = new AbortController();
  app.addHook('preClose', (done) => {
    stopping.abort();
    done();
  });
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
      const gone = new AbortController();
      reply.raw.once('close', () => gone.abort());
      const advance = await followBatch(following, {
        batchId: request.params.id,
        seconds: request.body.waitSeconds,
        signal: AbortSignal.any([stopping.signal, gone.signal]),
      });
      if (advance === undefined) throw notFound();
      // The connection would stay open until its keep-alive ends, and the stop would wait for it.
      if (stopping.signal.aborted) reply.header('connection', 'close');
      return advance;
    },
  );
}
