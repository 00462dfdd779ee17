import { callStatusSchema, operationLimitsSchema, submissionOutcomeSchema } from '@darkroom/contract';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { ApiInstance } from '../api-instance.ts';
import type { Database } from '../database/schema.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import { notFound } from '../problems/problem-error.ts';

const callForWorkerSchema = z.object({
  status: callStatusSchema,
  accountId: z.string(),
  integration: z.string(),
  operation: z.string(),
  input: z.record(z.string(), z.unknown()),
  limits: operationLimitsSchema,
  submissions: z.array(z.object({ attempt: z.int(), outcome: submissionOutcomeSchema })),
});

export function getCallRoute(app: ApiInstance, database: Kysely<Database>): void {
  app.get(
    '/calls/:id',
    {
      schema: {
        summary: 'What a worker needs to know of a call whose answer it found in its spool',
        params: z.object({ id: z.string() }),
        response: { 200: callForWorkerSchema, ...problemResponses(401, 404) },
      },
    },
    async (request) => {
      const call = await readCall(database, request.params.id);
      if (call === undefined) throw notFound();
      return call;
    },
  );
}

async function readCall(database: Kysely<Database>, callId: string): Promise<z.infer<typeof callForWorkerSchema> | undefined> {
  const call = await database
    .selectFrom('calls')
    .select(['status', 'account_id', 'integration', 'operation', 'input', 'limits'])
    .where('id', '=', callId)
    .executeTakeFirst();
  if (call === undefined) return undefined;
  const submissions = await database
    .selectFrom('submissions')
    .select(['attempt', 'outcome'])
    .where('call_id', '=', callId)
    .orderBy('attempt')
    .execute();
  const { account_id: accountId, ...facts } = call;
  return { ...facts, accountId, submissions };
}
