import { spooledAnswersSchema } from '@darkroom/contract';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { ApiInstance } from '../api-instance.ts';
import type { Database } from '../database/schema.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import { listEnded } from '../spool/list-ended.ts';

export function listSpoolRoute(app: ApiInstance, database: Kysely<Database>): void {
  app.get(
    '/spool',
    {
      schema: {
        summary: 'The answers that wait though their call has ended',
        querystring: z.object({ ended: z.literal('true') }),
        response: { 200: spooledAnswersSchema, ...problemResponses(401, 422) },
      },
    },
    () => listEnded(database),
  );
}
