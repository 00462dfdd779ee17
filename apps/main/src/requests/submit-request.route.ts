import { mediaRequestSchema } from '@darkroom/contract';
import type { ApiInstance } from '../api-instance.ts';
import { answerSubmission, type SubmissionDependencies, submissionResponses } from '../calls/answer-submission.ts';
import { submitHeadersSchema } from '../calls/submit-headers.schema.ts';
import { readRequest } from './read-request.ts';
import type { RequestCatalog } from './request-catalog.ts';
import { requestIdOf } from './request-id-of.ts';

export interface SubmitRequestDependencies extends SubmissionDependencies {
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
        response: submissionResponses,
      },
    },
    async (request, reply) => {
      const body: unknown = request.body;
      const { status, call } = await answerSubmission(
        dependencies,
        { request, reply },
        {
          requestId: requestIdOf(body),
          read: (options) => readRequest(body, { ...options, requestCatalog: dependencies.requestCatalog }),
        },
      );
      return reply.code(status).send(call);
    },
  );
}
