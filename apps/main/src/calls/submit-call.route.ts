import { submitCallSchema } from '@darkroom/contract';
import type { ApiInstance } from '../api-instance.ts';
import { answerSubmission, type SubmissionDependencies, submissionResponses } from './answer-submission.ts';
import { type ReadOptions, readSubmission } from './read-submission.ts';
import { submitHeadersSchema } from './submit-headers.schema.ts';

export function submitCallRoute(app: ApiInstance, dependencies: SubmissionDependencies): void {
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
        response: submissionResponses,
      },
    },
    async (request, reply) => {
      const asked = { read: (options: ReadOptions) => readSubmission(request.body, options) };
      const { status, call } = await answerSubmission(dependencies, { request, reply }, asked);
      return reply.code(status).send(call);
    },
  );
}
