import { claimedExternalIdsSchema, externalIdsQuerySchema } from '@darkroom/contract';
import type { Kysely } from 'kysely';
import type { ApiInstance } from '../api-instance.ts';
import type { Database } from '../database/schema.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import { findClaimedExternalIds } from '../submissions/find-claimed-external-ids.ts';

export function claimedExternalIdsRoute(app: ApiInstance, database: Kysely<Database>): void {
  app.post(
    '/external-ids',
    {
      schema: {
        summary: "Which of a provider's tasks belong to a submission that is known",
        body: externalIdsQuerySchema,
        response: { 200: claimedExternalIdsSchema, ...problemResponses(401, 422) },
      },
    },
    async (request) => ({ claimed: await findClaimedExternalIds(database, request.body) }),
  );
}
