import { callSchema, submitCallSchema } from '@darkroom/contract';
import type { ApiInstance } from '../api-instance.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import { acceptOrFind, type AcceptOrFindDependencies } from './accept-or-find.ts';
import { answerAccepted, type AnswerDependencies } from './answer-accepted.ts';
import { readSubmission } from './read-submission.ts';
import { submitHeadersSchema } from './submit-headers.schema.ts';

export type SubmitCallDependencies = AcceptOrFindDependencies & AnswerDependencies;

export function submitCallRoute(app: ApiInstance, dependencies: SubmitCallDependencies): void {
  app.post(
    '/calls',
    {
      // The body is read together with the operation's own schema, so that one answer lists every fault.
      attachValidation: true,
      schema: {
        tags: ['calls'],
        summary: 'Make a call',
        headers: submitHeadersSchema,
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
        read: (options) => readSubmission(body, options),
      });
      const { status, call } = await answerAccepted(dependencies, accepted, { request, reply, prefer: headers.prefer });
      return reply.code(status).send(call);
    },
  );
}
