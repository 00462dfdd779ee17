import { callReportAnswerSchema, callReportSchema } from '@darkroom/contract';
import { z } from 'zod';
import type { ApiInstance } from '../api-instance.ts';
import { CallTransitionError } from '../calls/call-state-machine.ts';
import type { CallChanging } from '../calls/change-call.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import { notFound, ProblemError } from '../problems/problem-error.ts';
import { applyReport } from '../reports/apply-report.ts';

export function reportRoute(app: ApiInstance, changing: CallChanging): void {
  app.post(
    '/calls/:id/reports',
    {
      schema: {
        summary: 'Tell what happened to a call',
        params: z.object({ id: z.string() }),
        body: callReportSchema,
        response: { 200: callReportAnswerSchema, ...problemResponses(401, 404, 422) },
      },
    },
    async (request) => {
      const answer = await applyReport(changing, request.params.id, request.body).catch(refuse);
      if (answer === undefined) throw notFound();
      return answer;
    },
  );
}

function refuse(error: unknown): never {
  if (error instanceof CallTransitionError) throw new ProblemError('report_refused', error.message, { cause: error });
  throw error;
}
