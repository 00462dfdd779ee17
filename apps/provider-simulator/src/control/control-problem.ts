import type { FastifyReply } from 'fastify';
import type { z } from 'zod';

interface Problem {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
}

/** An RFC 9457 problem. */
export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  const body = JSON.stringify({ type: 'about:blank', ...problem });
  return reply.code(problem.status).type('application/problem+json').send(body);
}

/** The problem of a body or a query that is not as the control API asks. */
export function sendInvalid(reply: FastifyReply, error: z.ZodError): FastifyReply {
  const errors = error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  const detail = 'The request is not valid: see errors, and the README of the provider simulator.';
  return sendProblem(reply, { status: 400, title: 'Bad Request', detail, errors });
}
