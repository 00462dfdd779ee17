import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { problemKinds } from './problem-codes.ts';
import { notFound } from './problem-error.ts';
import { toProblemError } from './to-problem-error.ts';

type ShowPage = (request: FastifyRequest, reply: FastifyReply) => FastifyReply | undefined;

/**
 * Answers every error as `application/problem+json`; what is our own fault is logged with its cause.
 * @param showPage answers instead, with status 404, whoever follows a link to where there is nothing; undefined where it is for somebody else
 */
export function answerProblems(app: FastifyInstance, showPage?: ShowPage): void {
  app.setErrorHandler((error, request, reply) => answerProblem(error, request, reply));
  app.setNotFoundHandler((request, reply) => showPage?.(request, reply) ?? answerProblem(notFound(), request, reply));
}

/** What a route has said of the answer that it could not give after all. */
const ofTheOtherAnswer = ['etag', 'accept-ranges', 'content-disposition', 'content-length', 'content-range'];

export function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = toProblemError(error);
  if (problemKinds[problem.code].status >= 500) {
    request.log.error({ error: problem.cause ?? problem }, problem.message);
  }
  for (const header of ofTheOtherAnswer) reply.removeHeader(header);
  return reply
    .code(problemKinds[problem.code].status)
    .headers({ 'cache-control': 'no-store', ...problem.headers })
    .type('application/problem+json')
    .send(JSON.stringify(problem.toProblem()));
}
