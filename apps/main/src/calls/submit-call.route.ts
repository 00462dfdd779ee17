import { callSchema, isTerminal, submitCallSchema } from '@darkroom/contract';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { ApiInstance } from '../api-instance.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import type { RequestSignals } from '../request-signals.ts';
import { acceptOrFind, type AcceptOrFindDependencies } from './accept-or-find.ts';
import { type CallReader, readCall } from './call-reader.ts';
import { idempotencyKeySchema } from './idempotency-key.schema.ts';
import { readPreferredWait } from './prefer-header.ts';
import { presentCall } from './present-call.ts';
import { waitForCall } from './wait-for-call.ts';

export interface SubmitCallDependencies extends AcceptOrFindDependencies, CallReader {
  requestSignals: RequestSignals;
}

const headersSchema = z.object({
  'idempotency-key': idempotencyKeySchema,
  prefer: z
    .string()
    .optional()
    .describe('`wait=N`: answers the finished call if it finishes within N seconds, 60 at most.'),
});

export function submitCallRoute(app: ApiInstance, dependencies: SubmitCallDependencies): void {
  app.post(
    '/calls',
    {
      // The body is read together with the operation's own schema, so that one answer lists every fault.
      attachValidation: true,
      schema: {
        tags: ['calls'],
        summary: 'Make a call',
        headers: headersSchema,
        body: submitCallSchema,
        response: {
          200: callSchema.describe('The finished call, where the request preferred to wait.'),
          202: callSchema.describe('The call was accepted.'),
          ...problemResponses(400, 401, 409, 413, 415, 422),
        },
      },
    },
    async (request, reply) => {
      if (request.validationError?.validationContext === 'headers') throw request.validationError;
      const { accountId, headers } = request;
      const body: unknown = request.body;
      const accepted = await acceptOrFind(dependencies, {
        accountId,
        body,
        idempotencyKey: headers['idempotency-key'],
      });
      reply.header('location', `${dependencies.baseUrl()}/v1/calls/${accepted.id}`);

      const waitSeconds = readPreferredWait(headers.prefer);
      if (waitSeconds === undefined) return reply.code(202).send(presentCall(accepted, dependencies.baseUrl()));
      const wait = { accountId, callId: accepted.id, seconds: waitSeconds, reply };
      const call = await awaitEnd(dependencies, wait).catch((error: unknown) => {
        request.log.warn(
          { error, call_id: accepted.id, workflow_id: accepted.id },
          'could not wait for the call; it goes on',
        );
        return presentCall(accepted, dependencies.baseUrl());
      });
      reply.header('preference-applied', `wait=${waitSeconds}`);
      return reply.code(isTerminal(call.status) ? 200 : 202).send(call);
    },
  );
}

interface AwaitEndOptions {
  accountId: string;
  callId: string;
  seconds: number;
  reply: FastifyReply;
}

async function awaitEnd(dependencies: SubmitCallDependencies, { accountId, callId, seconds, reply }: AwaitEndOptions) {
  const { pool, callNews, requestSignals } = dependencies;
  const signal = requestSignals(reply);
  await waitForCall({
    pool,
    callNews,
    accountId,
    callId,
    seconds,
    signal,
    isAwaited: ({ status }) => isTerminal(status),
  });
  return readCall(dependencies, accountId, callId);
}
