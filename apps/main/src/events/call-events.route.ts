import { isId } from '@darkroom/contract';
import type { Pool } from '@darkroom/platform-postgres';
import { z } from 'zod';
import type { ApiInstance } from '../api-instance.ts';
import { findCallVersion } from '../calls/find-call.queries.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import { notFound } from '../problems/problem-error.ts';
import type { RequestSignals } from '../request-signals.ts';
import { answerLog } from './answer-log.ts';
import type { CallNews } from './call-news.ts';
import { readCallLog } from './event-log.queries.ts';
import { logHeadersSchema, logQuerySchema } from './log-query.schema.ts';
import { callLogResponse } from './log-responses.ts';

interface CallEventsDependencies {
  pool: Pool;
  callNews: CallNews;
  baseUrl: () => string;
  requestSignals: RequestSignals;
}

export function callEventsRoute(
  app: ApiInstance,
  { pool, callNews, baseUrl, requestSignals }: CallEventsDependencies,
): void {
  app.get(
    '/calls/:id/events',
    {
      // A HEAD request would open a stream that nobody reads.
      exposeHeadRoute: false,
      schema: {
        tags: ['events'],
        summary: "Read or follow a call's log",
        params: z.object({ id: z.string() }),
        querystring: logQuerySchema,
        headers: logHeadersSchema,
        response: { 200: callLogResponse, ...problemResponses(401, 404, 410, 422) },
      },
    },
    async (request, reply) => {
      const { accountId, params } = request;
      const [call] = isId('call', params.id) ? await findCallVersion(pool, [params.id, accountId]) : [];
      if (call === undefined) throw notFound();
      return answerLog(request, reply, {
        pool,
        accountId,
        readPage: (after, limit) => readCallLog(pool, [accountId, call.id, after, limit]),
        beginsWhole: (first) => first.call_sequence === 1,
        follows: (event, _after, previous) =>
          previous === undefined || event.call_sequence === (previous.call_sequence ?? 0) + 1,
        subscribe: (ring) => callNews.watch(accountId, call.id, ring),
        baseUrl,
        requestSignals,
      });
    },
  );
}
