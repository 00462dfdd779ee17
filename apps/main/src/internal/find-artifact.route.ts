import { artifactPlaceSchema } from '@darkroom/contract';
import type { Pool } from '@darkroom/platform-postgres';
import { z } from 'zod';
import type { ApiInstance } from '../api-instance.ts';
import { findArtifact } from '../artifacts/artifact.queries.ts';
import { problemResponses } from '../openapi/problem-responses.ts';

/** A 404 would be what an older `main` answers, and the call that names the artifact would fail for good. */
export function findArtifactRoute(app: ApiInstance, pool: Pool): void {
  app.get(
    '/artifacts/:id',
    {
      schema: {
        summary: "Where the bytes of an account's artifact are, for a worker whose call names it",
        params: z.object({ id: z.string() }),
        querystring: z.strictObject({ accountId: z.string() }),
        response: { 200: artifactPlaceSchema, ...problemResponses(401, 422) },
      },
    },
    async ({ params: { id }, query: { accountId } }) => {
      const [artifact] = await findArtifact(pool, [id, accountId]);
      return { objectKey: artifact === undefined || artifact.removed_at !== null ? null : artifact.object_key };
    },
  );
}
