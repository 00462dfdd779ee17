import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { problemKinds } from './problem-codes.ts';
import { notFound } from './problem-error.ts';
import { toProblemError } from './to-problem-error.ts';

/** Answers every error as `application/problem+json`; what is our own fault is logged with its cause. */
export function answerProblems(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => answerProblem(error, request, reply));
  app.setNotFoundHandler((request, reply) => answerProblem(notFound(), request, reply));
}

export function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = toProblemError(error);
  if (problemKinds[problem.code].status >= 500) {
    request.log.error({ error: problem.cause ?? problem }, problem.message);
  }
  return reply
    .code(problemKinds[problem.code].status)
    .headers(problem.headers)
    .type('application/problem+json')
    .send(JSON.stringify(problem.toProblem()));
}
