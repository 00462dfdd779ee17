import { problemSchema } from '@darkroom/contract';
import { z } from 'zod';
import { type ProblemCode, problemKinds } from '../problems/problem-codes.ts';

type ProblemStatus = (typeof problemKinds)[ProblemCode]['status'];
type ProblemResponse = ReturnType<typeof documentProblem>;
type ProblemResponses<Status extends ProblemStatus> = Record<Status | 500 | 503, ProblemResponse>;

/** The problems that a route answers, for its response schemas; 500 and 503 go without saying. */
export function problemResponses<Status extends ProblemStatus>(...statuses: Status[]): ProblemResponses<Status> {
  return Object.fromEntries(
    [...statuses, 500 as const, 503 as const].map((status) => [status, documentProblem(status)]),
  ) as ProblemResponses<Status>;
}

/** A client that knows the document knows the codes. */
function documentProblem(status: ProblemStatus) {
  const codes = Object.entries(problemKinds).flatMap(([code, kind]) => (kind.status === status ? [code] : []));
  const schema = problemSchema.extend({ code: z.enum(codes) });
  return { description: 'A problem (RFC 9457).', content: { 'application/problem+json': { schema } } };
}
