import type { Readable } from 'node:stream';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { ApiInstance } from '../api-instance.ts';
import type { Database } from '../database/schema.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import { limitConcurrency } from '../spool/limit-concurrency.ts';
import { putInSpool, type SpoolLimits } from '../spool/put-in-spool.ts';
import { sha256Schema, spoolParametersSchema } from './spool-parameters.schema.ts';

/** Each holds a database connection as long as its body takes to arrive. */
const putsAtOnce = 4;

export function putSpoolRoute(
  app: ApiInstance,
  { database, limits }: { database: Kysely<Database>; limits: SpoolLimits },
): void {
  const inTurn = limitConcurrency(putsAtOnce);
  app.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload));
  app.put(
    '/calls/:id/spool/:attempt',
    {
      schema: {
        summary: 'Keep the raw answer of an attempt until object storage has its results',
        params: spoolParametersSchema,
        headers: z.object({ 'x-content-sha256': sha256Schema }),
        response: { 200: z.null(), 201: z.null(), ...problemResponses(400, 401, 404, 409, 413, 422, 507) },
      },
    },
    async (request, reply) => {
      const { id: callId, attempt } = request.params;
      const sha256 = request.headers['x-content-sha256'];
      const body = request.body as Readable;
      const result = await inTurn(() => putInSpool(database, limits, { callId, attempt, sha256, body }));
      return reply.code(result === 'stored' ? 201 : 200).send(null);
    },
  );
}
