import { callSchema, mediaRequestSchema } from '@darkroom/contract';
import type { ApiInstance } from '../api-instance.ts';
import { acceptOrFind, type AcceptOrFindDependencies } from '../calls/accept-or-find.ts';
import { answerAccepted, type AnswerDependencies } from '../calls/answer-accepted.ts';
import { submitHeadersSchema } from '../calls/submit-headers.schema.ts';
import { findUnstorable } from '../calls/unstorable-text.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import { readRequest } from './read-request.ts';
import type { RequestCatalog } from './request-catalog.ts';

export interface SubmitRequestDependencies extends AcceptOrFindDependencies, AnswerDependencies {
  requestCatalog: RequestCatalog;
}

export function submitRequestRoute(app: ApiInstance, dependencies: SubmitRequestDependencies): void {
  app.post(
    '/requests',
    {
      // The body is read together with the schema of the operation that is found for it.
      attachValidation: true,
      schema: {
        tags: ['calls'],
        summary: 'Ask for images or a video, whoever makes them',
        description:
          'Makes a call of the operation that `provider` names or that is configured. What the provider cannot honour is listed in the answer, under `request`. Repeating a `requestId` answers the first call.',
        headers: submitHeadersSchema,
        body: mediaRequestSchema,
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
        requestId: requestIdOf(body),
        read: (options) => readRequest(body, { ...options, requestCatalog: dependencies.requestCatalog }),
      });
      const { status, call } = await answerAccepted(dependencies, accepted, { request, reply, prefer: headers.prefer });
      return reply.code(status).send(call);
    },
  );
}

/** Also of a body that is refused by now. */
function requestIdOf(body: unknown): string | undefined {
  const { requestId }: { requestId?: unknown } = typeof body === 'object' && body !== null ? body : {};
  return typeof requestId === 'string' && findUnstorable(requestId, []).length === 0 ? requestId : undefined;
}
