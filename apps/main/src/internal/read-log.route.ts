import { type LogPage, logPageSchema, readLogQuerySchema } from '@darkroom/contract';
import type { Pool } from '@darkroom/platform-postgres';
import type { ApiInstance } from '../api-instance.ts';
import { readLogPage } from '../events/read-log-page.ts';
import { problemResponses } from '../openapi/problem-responses.ts';

export interface ReadLogDependencies {
  pool: Pool;
  /** Where clients reach the public API: addresses in events start with it. */
  baseUrl: () => string;
}

export function readLogRoute(app: ApiInstance, dependencies: ReadLogDependencies): void {
  app.get(
    '/events',
    {
      // Events are shown by every channel as this makes them; a schema would leave out what it does not know.
      serializerCompiler: () => (page) => JSON.stringify(page),
      schema: {
        summary: 'What happened in an account, to one of its calls or to one of its batches, after a sequence',
        querystring: readLogQuerySchema,
        response: { 200: logPageSchema, ...problemResponses(401, 422) },
      },
    },
    ({ query }): Promise<LogPage> => readLogPage(dependencies, query),
  );
}
