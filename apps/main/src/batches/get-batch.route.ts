import { type Batch, batchSchema, isId, isTerminal } from '@darkroom/contract';
import { z } from 'zod';
import type { ApiInstance } from '../api-instance.ts';
import {
  createChangeCheck,
  ifNoneMatchSchema,
  matchesEtag,
  notModifiedSchema,
  waitQuerySchema,
} from '../calls/conditional-read.ts';
import { readUntil } from '../events/read-until.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import { notFound } from '../problems/problem-error.ts';
import type { RequestSignals } from '../request-signals.ts';
import type { BatchNews } from './batch-news.ts';
import { batchEtag, type BatchReader, readBatchOf } from './batch-reader.ts';

export interface GetBatchDependencies extends BatchReader {
  batchNews: BatchNews;
  requestSignals: RequestSignals;
}

export function getBatchRoute(app: ApiInstance, dependencies: GetBatchDependencies): void {
  app.get(
    '/batches/:id',
    {
      schema: {
        tags: ['batches'],
        summary: 'Read a batch',
        params: z.object({ id: z.string() }),
        querystring: waitQuerySchema('batch'),
        headers: ifNoneMatchSchema('batch'),
        response: {
          200: batchSchema,
          304: notModifiedSchema('batch'),
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
  { accountId, id, ifNoneMatch, ...wait }: WaitOptions,
): Promise<Batch> {
  const isChanged = createChangeCheck(ifNoneMatch);
  return readUntil({
    ...wait,
    async read() {
      const batch = isId('bat', id) ? await readBatchOf(reader, accountId, id) : undefined;
      if (batch === undefined) throw notFound();
      return batch;
    },
    isAwaited: (batch) => isChanged(batchEtag(batch)) || isTerminal(batch.status),
    watch: (onNews) => batchNews.watch(accountId, id, onNews),
    compareIntervalMs: 2_000,
  });
}
