import { type Batch, batchSchema, isId, isTerminal } from '@darkroom/contract';
import { z } from 'zod';
import type { ApiInstance } from '../api-instance.ts';
import { matchesEtag } from '../calls/call-etag.ts';
import { maxWaitSeconds } from '../calls/prefer-header.ts';
import { createBell } from '../events/bell.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import { notFound } from '../problems/problem-error.ts';
import type { RequestSignals } from '../request-signals.ts';
import type { BatchNews } from './batch-news.ts';
import { batchEtag, type BatchReader, readBatchOf } from './batch-reader.ts';

export interface GetBatchDependencies extends BatchReader {
  batchNews: BatchNews;
  requestSignals: RequestSignals;
}

const compareIntervalMs = 2_000;

const querySchema = z.strictObject({
  wait: z.coerce
    .number()
    .int()
    .min(0)
    .max(maxWaitSeconds)
    .optional()
    .describe(
      'Seconds to wait for a change: beyond the version in `If-None-Match`, or beyond the present one. A batch that has ended is answered at once.',
    ),
});

export function getBatchRoute(app: ApiInstance, dependencies: GetBatchDependencies): void {
  app.get(
    '/batches/:id',
    {
      schema: {
        tags: ['batches'],
        summary: 'Read a batch',
        params: z.object({ id: z.string() }),
        querystring: querySchema,
        headers: z.object({ 'if-none-match': z.string().optional().describe('An `ETag` of this batch.') }),
        response: {
          200: batchSchema,
          304: z.undefined().describe('The batch is as the `ETag` in `If-None-Match` says.'),
          ...problemResponses(401, 404, 422),
        },
      },
    },
    async ({ params: { id }, query, headers, accountId }, reply) => {
      const ifNoneMatch = headers['if-none-match'];
      const look = { accountId, id, ifNoneMatch, seconds: query.wait ?? 0 };
      const batch = await waitForBatch(dependencies, { ...look, signal: dependencies.requestSignals(reply) });
      const etag = batchEtag(batch);
      if (ifNoneMatch !== undefined && matchesEtag(ifNoneMatch, etag))
        return reply.code(304).header('etag', etag).send(undefined);
      return reply.header('etag', etag).header('cache-control', 'private, no-cache').send(batch);
    },
  );
}

interface WaitOptions {
  accountId: string;
  id: string;
  ifNoneMatch: string | undefined;
  seconds: number;
  signal: AbortSignal;
}

async function waitForBatch(
  { batchNews, ...reader }: GetBatchDependencies,
  { accountId, id, ifNoneMatch, seconds, signal }: WaitOptions,
): Promise<Batch> {
  const endsAt = Date.now() + seconds * 1000;
  const bell = createBell();
  const unwatch = seconds === 0 ? undefined : batchNews.watch(accountId, id, () => bell.ring());
  let known = ifNoneMatch;
  try {
    for (;;) {
      bell.reset();
      const batch = isId('bat', id) ? await readBatchOf(reader, accountId, id) : undefined;
      if (batch === undefined) throw notFound();
      const etag = batchEtag(batch);
      const leftMs = endsAt - Date.now();
      if (isTerminal(batch.status) || leftMs <= 0 || signal.aborted) return batch;
      if (known !== undefined && !matchesEtag(known, etag)) return batch;
      known ??= etag;
      await bell.wait(Math.min(compareIntervalMs, leftMs), signal);
    }
  } finally {
    unwatch?.();
  }
}
