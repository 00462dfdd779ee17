import { Readable } from 'node:stream';
import type { Kysely } from 'kysely';
import type { ApiInstance } from '../api-instance.ts';
import type { Database } from '../database/schema.ts';
import { notFound } from '../problems/problem-error.ts';
import { readSpool } from '../spool/read-spool.ts';
import { spoolParametersSchema } from './spool-parameters.schema.ts';

export function getSpoolRoute(app: ApiInstance, database: Kysely<Database>): void {
  app.get(
    '/calls/:id/spool/:attempt',
    {
      schema: { summary: 'The raw answer of an attempt that waits for object storage', params: spoolParametersSchema },
    },
    async (request, reply) => {
      const entry = await readSpool(database, request.params.id, request.params.attempt);
      if (entry === undefined) throw notFound();
      return reply
        .header('content-length', entry.bytes)
        .header('x-content-sha256', entry.sha256)
        .type('application/octet-stream')
        .send(Readable.from(entry.content));
    },
  );
}
