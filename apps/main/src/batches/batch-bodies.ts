import { maxBatchBytes } from '@darkroom/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApiInstance } from '../api-instance.ts';
import { ProblemError } from '../problems/problem-error.ts';
import { answerProblem } from '../problems/problems.plugin.ts';
import { toProblemError } from '../problems/to-problem-error.ts';
import { createMemoryBudget } from '../uploads/memory-budget.ts';
import { parseNdjson } from './parse-ndjson.ts';

const [bodiesInMemory, bodiesOfAccount] = [4, 2];

/** Lets an instance take batches as JSON, which it does anyway, and as NDJSON. */
export function parseBatchBodies(app: ApiInstance): void {
  const parseJson = app.getDefaultJsonParser('error', 'error');
  const parseLine = (request: FastifyRequest) => (line: string) => {
    const parsed: { value?: unknown; error?: Error | null } = {};
    void parseJson(request, line, (error, value: unknown) => Object.assign(parsed, { error, value }));
    if (parsed.error) throw parsed.error;
    return parsed.value;
  };
  app.addContentTypeParser('application/x-ndjson', { parseAs: 'string' }, (request: FastifyRequest, text: string) =>
    parseNdjson(text, parseLine(request)),
  );
}

/** Has bodies come later that would take too much memory together, before they are read. */
export function limitBodyMemory(app: ApiInstance): void {
  const budget = createMemoryBudget({
    what: 'batches',
    mostBytes: bodiesInMemory * maxBatchBytes,
    mostBytesOfAccount: bodiesOfAccount * maxBatchBytes,
  });
  app.addHook('onRequest', (request, reply, done) => {
    const memory = budget.reserve(request.accountId);
    reply.raw.once('close', () => memory.release());
    // Where the length is not told, it may be anything; one that is too large is refused by itself.
    memory.grow(Math.min(maxBatchBytes, Number(request.headers['content-length'] ?? maxBatchBytes)));
    done();
  });
}

/** The refusals that the framework makes by itself, as they are true of batches. */
export function explainRefusedBodies(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return answerProblem(explained(toProblemError(error)), request, reply);
}

function explained(problem: ProblemError): ProblemError {
  if (problem.code === 'too_large')
    return new ProblemError('too_large', 'Send at most 32 MB, in several batches; images go in as URLs or uploads.');
  if (problem.code === 'unsupported_media_type')
    return new ProblemError(
      'unsupported_media_type',
      'Send JSON with `content-type: application/json`, or a line for each call with `application/x-ndjson`.',
    );
  return problem;
}
