import type { Pool } from '@darkroom/platform-postgres';
import type { ApiInstance } from '../api-instance.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import type { RequestSignals } from '../request-signals.ts';
import { answerLog } from './answer-log.ts';
import type { EventBus } from './event-bus.ts';
import { readAccountLog } from './event-log.queries.ts';
import { logHeadersSchema, logQuerySchema } from './log-query.schema.ts';
import { accountLogResponse } from './log-responses.ts';

interface AccountEventsDependencies {
  pool: Pool;
  eventBus: EventBus;
  baseUrl: () => string;
  requestSignals: RequestSignals;
}

export function accountEventsRoute(
  app: ApiInstance,
  { pool, eventBus, baseUrl, requestSignals }: AccountEventsDependencies,
): void {
  app.get(
    '/events',
    {
      // A HEAD request would open a stream that nobody reads.
      exposeHeadRoute: false,
      schema: {
        tags: ['events'],
        summary: "Read or follow the account's log",
        querystring: logQuerySchema,
        headers: logHeadersSchema,
        response: { 200: accountLogResponse, ...problemResponses(401, 410, 422) },
      },
    },
    async (request, reply) => {
      const { accountId } = request;
      return answerLog(request, reply, {
        pool,
        accountId,
        readPage: (after, limit) => readAccountLog(pool, [accountId, after, limit]),
        beginsWhole: (first, after) => first.sequence === after + 1,
        follows: (event, after) => event.sequence === after + 1,
        subscribe: (ring) => eventBus.subscribe(accountId, ring),
        baseUrl,
        requestSignals,
      });
    },
  );
}
