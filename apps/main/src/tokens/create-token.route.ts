import {
  accountSubject,
  type CreateStreamToken,
  createStreamTokenSchema,
  isId,
  type StreamSubject,
  streamTokenSchema,
} from '@darkroom/contract';
import type { Pool } from '@darkroom/platform-postgres';
import type { Kysely } from 'kysely';
import type { ApiInstance } from '../api-instance.ts';
import { hasBatch } from '../batches/has-batch.ts';
import { findCallVersion } from '../calls/find-call.queries.ts';
import type { Database } from '../database/schema.ts';
import { findHeads } from '../events/event-log.queries.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import { notFound } from '../problems/problem-error.ts';
import type { StreamTokenSigner } from './sign-stream-token.ts';

export interface CreateTokenDependencies {
  pool: Pool;
  database: Kysely<Database>;
  signStreamToken: StreamTokenSigner;
  /** Where clients open the stream. */
  streamUrl: string;
}

export function createTokenRoute(app: ApiInstance, dependencies: CreateTokenDependencies): void {
  const { signStreamToken, streamUrl } = dependencies;
  app.post(
    '/tokens',
    {
      schema: {
        tags: ['access', 'events'],
        summary: 'Make a token that opens a stream',
        description:
          'For the events of one call, one batch or the account, and for some minutes. It goes into pages and to clients that are to have no API key.',
        body: createStreamTokenSchema,
        response: { 201: streamTokenSchema, ...problemResponses(401, 403, 404, 422) },
      },
    },
    async ({ caller, body }, reply) => {
      const subject = await findSubject(dependencies, caller.accountId, body);
      const [head] = await findHeads(dependencies.pool, [[caller.accountId]]);
      const { token, expiresAt } = await signStreamToken(caller, subject);
      return reply
        .code(201)
        .header('cache-control', 'no-store')
        .send({
          token,
          subject,
          expiresAt: expiresAt.toISOString(),
          streamUrl,
          lastSequence: head?.last_sequence ?? 0,
        });
    },
  );
}

/** What the account has of that kind; the one 404 where it has none with this id. */
async function findSubject(
  { pool, database }: Pick<CreateTokenDependencies, 'pool' | 'database'>,
  accountId: string,
  asked: CreateStreamToken,
): Promise<StreamSubject> {
  if ('account' in asked) return accountSubject;
  if ('callId' in asked) {
    const [call] = isId('call', asked.callId) ? await findCallVersion(pool, [asked.callId, accountId]) : [];
    if (call === undefined) throw notFound();
    return call.id;
  }
  if (!isId('bat', asked.batchId) || !(await hasBatch(database, accountId, asked.batchId))) throw notFound();
  return asked.batchId;
}
