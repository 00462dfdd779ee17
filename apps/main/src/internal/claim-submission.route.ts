import { claimDecisionSchema, submissionClaimSchema } from '@darkroom/contract';
import { z } from 'zod';
import type { ApiInstance } from '../api-instance.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import { notFound } from '../problems/problem-error.ts';
import { claimSubmission, type SubmissionClaiming } from '../submissions/claim-submission.ts';

export function claimSubmissionRoute(app: ApiInstance, claiming: SubmissionClaiming): void {
  app.post(
    '/calls/:id/submissions',
    {
      schema: {
        summary: 'Claim an attempt before its paid request is made',
        params: z.object({ id: z.string() }),
        body: submissionClaimSchema,
        response: { 200: claimDecisionSchema, ...problemResponses(401, 404, 422) },
      },
    },
    async (request) => {
      const decision = await claimSubmission(claiming, request.params.id, request.body);
      if (decision === undefined) throw notFound();
      return decision;
    },
  );
}
