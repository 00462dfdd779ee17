import { type Call, callSchema } from '@darkroom/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { problemResponses } from '../openapi/problem-responses.ts';
import { acceptOrFind, type AcceptOrFindDependencies, type CallRequest } from './accept-or-find.ts';
import { answerAccepted, type AnswerDependencies } from './answer-accepted.ts';
import type { submitHeadersSchema } from './submit-headers.schema.ts';

export type SubmissionDependencies = AcceptOrFindDependencies & AnswerDependencies;

/** The answers of a route that makes a call. */
export const submissionResponses = {
  200: callSchema.describe('The finished call, where the request preferred to wait.'),
  202: callSchema.describe('The call was accepted.'),
  ...problemResponses(400, 401, 403, 409, 413, 415, 422),
};

interface Exchange {
  request: Pick<FastifyRequest, 'accountId' | 'log' | 'validationError' | 'body'> & {
    headers: z.output<typeof submitHeadersSchema>;
  };
  reply: FastifyReply;
}

/** Makes the call that a request asks for, and says what is answered. The route attaches what its schema finds wrong: of it only the headers count, because `read` reads the body. */
export async function answerSubmission(
  dependencies: SubmissionDependencies,
  { request, reply }: Exchange,
  asked: Pick<CallRequest, 'read' | 'requestId'>,
): Promise<{ status: 200 | 202; call: Call }> {
  const { accountId, headers, body, validationError } = request;
  if (validationError?.validationContext === 'headers') throw validationError;
  const accepted = await acceptOrFind(dependencies, {
    accountId,
    body,
    idempotencyKey: headers['idempotency-key'],
    ...asked,
  });
  return answerAccepted(dependencies, accepted, { request, reply, prefer: headers.prefer });
}
