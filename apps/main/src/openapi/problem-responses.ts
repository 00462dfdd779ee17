import { problemSchema } from '@darkroom/contract';
import type { problemKinds } from '../problems/problem-codes.ts';

type ProblemStatus = (typeof problemKinds)[keyof typeof problemKinds]['status'];
type ProblemResponses<Status extends ProblemStatus> = Record<Status | 500 | 503, typeof documentedProblem>;

const documentedProblem = {
  description: 'A problem (RFC 9457).',
  content: { 'application/problem+json': { schema: problemSchema } },
} as const;

/** The problems that a route answers, for its response schemas; 500 and 503 go without saying. */
export function problemResponses<Status extends ProblemStatus>(...statuses: Status[]): ProblemResponses<Status> {
  return Object.fromEntries(
    [...statuses, 500, 503].map((status) => [status, documentedProblem]),
  ) as ProblemResponses<Status>;
}
