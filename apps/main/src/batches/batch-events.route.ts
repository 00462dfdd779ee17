import { isId } from '@darkroom/contract';
import type { Pool } from '@darkroom/platform-postgres';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { ApiInstance } from '../api-instance.ts';
import type { Database } from '../database/schema.ts';
import { answerLog } from '../events/answer-log.ts';
import { readBatchLog } from '../events/event-log.queries.ts';
import { removedThrough } from '../events/refuse-removed.ts';
import { logHeadersSchema, logQuerySchema } from '../events/log-query.schema.ts';
import { batchLogResponse } from '../events/log-responses.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import { notFound } from '../problems/problem-error.ts';
import type { RequestSignals } from '../request-signals.ts';
import type { BatchNews } from './batch-news.ts';
import { hasBatch } from './has-batch.ts';

interface BatchEventsDependencies {
  pool: Pool;
  database: Kysely<Database>;
  batchNews: BatchNews;
  baseUrl: () => string;
  requestSignals: RequestSignals;
}

export function batchEventsRoute(app: ApiInstance, dependencies: BatchEventsDependencies): void {
  const { pool, database, batchNews, baseUrl, requestSignals } = dependencies;
  app.get(
    '/batches/:id/events',
    {
      // A HEAD request would open a stream that nobody reads.
      exposeHeadRoute: false,
      schema: {
        tags: ['batches', 'events'],
        summary: "Read or follow a batch's log",
        description: 'What happened to the batch itself; the logs of its calls tell of them.',
        params: z.object({ id: z.string() }),
        querystring: logQuerySchema,
        headers: logHeadersSchema,
        response: { 200: batchLogResponse, ...problemResponses(401, 404, 410, 422) },
      },
    },
    async (request, reply) => {
      const { accountId, params } = request;
      if (!isId('bat', params.id) || !(await hasBatch(database, accountId, params.id))) throw notFound();
      return answerLog(request, reply, {
        pool,
        accountId,
        readPage: (after, limit) => readBatchLog(pool, [accountId, params.id, after, limit]),
        beginsWhole: (first) => first.type === 'batch.accepted',
        // A batch does not number its events; they are few.
        follows: async (_event, after) => after >= (await removedThrough(pool, accountId)),
        subscribe: (ring) => batchNews.watch(accountId, params.id, ring),
        baseUrl,
        requestSignals,
      });
    },
  );
}
