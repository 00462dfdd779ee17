import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { ApiInstance } from '../api-instance.ts';
import type { Database } from '../database/schema.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import { removeFromSpool } from '../spool/remove-from-spool.ts';
import { sha256Schema, spoolParametersSchema } from './spool-parameters.schema.ts';

export function removeSpoolRoute(app: ApiInstance, database: Kysely<Database>): void {
  app.delete(
    '/calls/:id/spool/:attempt',
    {
      schema: {
        summary: 'Remove an answer whose results object storage has confirmed',
        params: spoolParametersSchema,
        querystring: z.object({ sha256: sha256Schema }),
        response: { 204: z.null(), ...problemResponses(401, 409, 422) },
      },
    },
    async (request, reply) => {
      const { id: callId, attempt } = request.params;
      await removeFromSpool(database, { callId, attempt, sha256: request.query.sha256 });
      return reply.code(204).send(null);
    },
  );
}
