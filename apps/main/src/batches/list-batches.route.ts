import { batchSchema, isId, pageSchema } from '@darkroom/contract';
import { z } from 'zod';
import type { ApiInstance } from '../api-instance.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import { type BatchReader, listBatches, presentBatches } from './batch-reader.ts';

const cursorSchema = z
  .string()
  .transform((cursor) => Buffer.from(cursor, 'base64url').toString())
  .refine((id) => isId('bat', id), 'must be the `nextCursor` of an earlier answer');

const querySchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: cursorSchema.optional().describe('The `nextCursor` of the page before.'),
});

export function listBatchesRoute(app: ApiInstance, reader: BatchReader): void {
  app.get(
    '/batches',
    {
      schema: {
        tags: ['batches'],
        summary: 'List batches, newest first',
        querystring: querySchema,
        response: { 200: pageSchema(batchSchema), ...problemResponses(401, 422) },
      },
    },
    async ({ query: { limit, cursor }, accountId }) => {
      const rows = await listBatches(reader, accountId, { beforeId: cursor, limit: limit + 1 });
      const page = rows.slice(0, limit);
      const last = rows.length > limit ? page.at(-1) : undefined;
      const nextCursor = last === undefined ? null : Buffer.from(last.id).toString('base64url');
      return { items: await presentBatches(reader, page), nextCursor };
    },
  );
}
