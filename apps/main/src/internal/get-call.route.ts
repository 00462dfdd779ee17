import { knownCallSchema, type KnownCall } from '@darkroom/contract';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { ApiInstance } from '../api-instance.ts';
import type { Database } from '../database/schema.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import { notFound } from '../problems/problem-error.ts';

export function getCallRoute(app: ApiInstance, database: Kysely<Database>): void {
  app.get(
    '/calls/:id',
    {
      schema: {
        summary: 'What a worker needs to know of a call whose answer it found, or whose task it looks after',
        params: z.object({ id: z.string() }),
        response: { 200: knownCallSchema, ...problemResponses(401, 404) },
      },
    },
    async (request) => {
      const call = await readCall(database, request.params.id);
      if (call === undefined) throw notFound();
      return call;
    },
  );
}

async function readCall(database: Kysely<Database>, callId: string): Promise<KnownCall | undefined> {
  const call = await database
    .selectFrom('calls')
    .select(['status', 'account_id', 'integration', 'operation', 'input', 'limits', 'cancel_requested_at'])
    .where('id', '=', callId)
    .executeTakeFirst();
  if (call === undefined) return undefined;
  const submissions = await database
    .selectFrom('submissions')
    .select(['attempt', 'outcome', 'external_id', 'credential_id', 'claimed_at'])
    .where('call_id', '=', callId)
    .orderBy('attempt')
    .execute();
  const { account_id: accountId, cancel_requested_at: cancelRequestedAt, ...facts } = call;
  return {
    ...facts,
    accountId,
    cancelRequested: cancelRequestedAt !== null,
    submissions: submissions.map(({ attempt, outcome, external_id, credential_id, claimed_at }) => ({
      attempt,
      outcome,
      ...(external_id !== null && { externalId: external_id }),
      credentialId: credential_id,
      claimedAt: claimed_at.toISOString(),
    })),
  };
}
