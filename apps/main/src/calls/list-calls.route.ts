import { callSchema, callStatusSchema, isId, pageSchema } from '@darkroom/contract';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { ApiInstance } from '../api-instance.ts';
import type { Database } from '../database/schema.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import { type CallReader, presentCalls } from './call-reader.ts';
import { findUnstorable } from './unstorable-text.ts';
import { listCalls } from './list-calls.query.ts';

interface ListCallsDependencies extends CallReader {
  database: Kysely<Database>;
}

const nameSchema = z.string().regex(/^[a-z0-9-]{1,100}$/, 'must be a name such as `text-to-image`');
const ownTextSchema = z.string().refine((text) => findUnstorable(text, []).length === 0, 'must be well-formed text');
const [maxNames, maxWords] = [50, 10];
const timeSchema = z.iso.datetime({ offset: true, error: 'must be a time such as 2026-01-31T12:00:00Z' });
const cursorSchema = z
  .string()
  .transform((cursor) => Buffer.from(cursor, 'base64url').toString())
  .refine((id) => isId('call', id), 'must be the `nextCursor` of an earlier answer');

const querySchema = z.strictObject({
  status: z
    .union([callStatusSchema, z.array(callStatusSchema)])
    .transform((status) => [status].flat())
    .optional()
    .describe('May be repeated.'),
  integration: z
    .union([nameSchema, z.array(nameSchema).max(maxNames)])
    .transform((names) => [names].flat())
    .optional()
    .describe('May be repeated.'),
  operation: nameSchema.optional(),
  requestId: ownTextSchema.optional().describe("The caller's own id of a request."),
  userId: ownTextSchema.optional().describe("The caller's own end user, as a request named it."),
  batchId: ownTextSchema.max(100).optional().describe('The calls of this batch, by its `id`.'),
  sourceArtifactId: ownTextSchema
    .max(100)
    .optional()
    .describe('The calls that are made from this artifact: `sourceArtifactIds` names it.'),
  prompt: ownTextSchema
    .max(200)
    .transform((text) => text.split(/\s+/).filter((word) => word !== ''))
    .refine((words) => words.length <= maxWords, `must have at most ${maxWords} words`)
    .optional()
    .describe('The calls whose prompt has all of these words, or parts of words, in any case.'),
  createdAfter: timeSchema.optional(),
  createdBefore: timeSchema.optional(),
  order: z
    .enum(['newest', 'oldest'])
    .default('newest')
    .describe('Which calls come first. Those of a batch were made in the order of its lines.'),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: cursorSchema.optional().describe('The `nextCursor` of the page before.'),
});

export function listCallsRoute(app: ApiInstance, dependencies: ListCallsDependencies): void {
  app.get(
    '/calls',
    {
      schema: {
        tags: ['calls'],
        summary: 'List calls',
        querystring: querySchema,
        response: { 200: pageSchema(callSchema), ...problemResponses(401, 422) },
      },
    },
    async ({ query: { limit, cursor, order, ...filter }, accountId }) => {
      const page = { accountId, filter, order, lastId: cursor, limit: limit + 1 };
      const rows = await listCalls(dependencies.database, page);
      const shown = rows.slice(0, limit);
      const last = rows.length > limit ? shown.at(-1) : undefined;
      const nextCursor = last === undefined ? null : Buffer.from(last.id).toString('base64url');
      return { items: await presentCalls(dependencies, shown), nextCursor };
    },
  );
}
