import { callSchema, isId, isTerminal } from '@darkroom/contract';
import { z } from 'zod';
import type { ApiInstance } from '../api-instance.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import { notFound, ProblemError } from '../problems/problem-error.ts';
import { acceptOrFind, type AcceptOrFindDependencies } from './accept-or-find.ts';
import type { CallReader } from './call-reader.ts';
import { findCall } from './find-call.queries.ts';
import { idempotencyKeySchema } from './idempotency-key.schema.ts';
import { presentCall } from './present-call.ts';
import { readSubmission, type Submission } from './read-submission.ts';
import type { ShownCall } from './shown-call.ts';

export type RetryCallDependencies = AcceptOrFindDependencies & CallReader;

export function retryCallRoute(app: ApiInstance, dependencies: RetryCallDependencies): void {
  const { pool, baseUrl } = dependencies;
  app.post(
    '/calls/:id/retry',
    {
      schema: {
        tags: ['calls'],
        summary: 'Make a call again',
        description:
          'Makes a new call with the operation, the input and the metadata of one that has ended. It is paid for anew, and the limits are those of today.',
        params: z.object({ id: z.string() }),
        headers: z.object({ 'idempotency-key': idempotencyKeySchema }),
        response: {
          202: callSchema.describe('The new call; `retryOf` names the earlier one.'),
          ...problemResponses(401, 403, 404, 409, 422),
        },
      },
    },
    async ({ params: { id: callId }, headers, accountId }, reply) => {
      if (!isId('call', callId)) throw notFound();
      const [earlier] = await findCall(pool, [callId, accountId]);
      if (earlier === undefined) throw notFound();
      if (!isTerminal(earlier.status)) {
        throw new ProblemError(
          'call_not_ended',
          'Wait until the call has ended, or cancel it first: two at once are paid twice.',
        );
      }
      const { integration, operation, input, metadata } = earlier;
      const asked = { integration, operation, input, metadata };
      const call = await acceptOrFind(dependencies, {
        accountId,
        body: { retryOf: callId },
        read: async (options) => ({ ...(await readSubmission(asked, options)), ...madeOf(earlier) }),
        idempotencyKey: headers['idempotency-key'],
        retryOf: callId,
      });
      return reply.code(202).header('location', `${baseUrl()}/v1/calls/${call.id}`).send(presentCall(call, baseUrl()));
    },
  );
}

/** A retry is of the same request, and not the same as it: the request id stays with the first call. */
function madeOf({ request, user_id: userId }: ShownCall): Pick<Submission, 'madeOf'> {
  return request === null ? {} : { madeOf: { fulfilment: request, userId: userId ?? undefined } };
}
