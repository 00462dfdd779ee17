import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApiInstance } from '../api-instance.ts';
import { requireUtf8 } from '../json-bodies.ts';
import { ProblemError } from '../problems/problem-error.ts';
import { answerProblem } from '../problems/problems.plugin.ts';
import { toProblemError } from '../problems/to-problem-error.ts';
import type { BatchBody } from './batch-body.ts';
import type { ParseJson } from './batch-calls.ts';
import type { BodyMemory } from './body-memory.ts';
import { splitJson } from './split-json.ts';
import { splitNdjson } from './split-ndjson.ts';

/** The batch that came with a request; undefined where it came without a body. */
export type BodyOfRequest = (request: FastifyRequest) => BatchBody | undefined;

/** Has an instance take batches as JSON and as NDJSON. */
export function receiveBatches(app: ApiInstance, memory: BodyMemory): BodyOfRequest {
  const bodies = new WeakMap<FastifyRequest, BatchBody>();
  const parseDefault = app.getDefaultJsonParser('error', 'error');
  const receive =
    (split: (bytes: Buffer, parseJson: ParseJson) => Promise<BatchBody>) =>
    async (request: FastifyRequest, bytes: Buffer): Promise<undefined> => {
      requireUtf8(bytes);
      const parseJson = (text: string) => {
        const parsed: { value?: unknown; error?: Error | null } = {};
        void parseDefault(request, text, (error, value: unknown) => Object.assign(parsed, { error, value }));
        if (parsed.error) throw parsed.error;
        return parsed.value;
      };
      bodies.set(request, await memory.during(request, () => split(withoutByteOrderMark(bytes), parseJson)));
    };
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, receive(splitJson));
  app.addContentTypeParser('application/x-ndjson', { parseAs: 'buffer' }, receive(splitNdjson));
  return (request) => bodies.get(request);
}

const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

function withoutByteOrderMark(bytes: Buffer): Buffer {
  return bytes.subarray(0, byteOrderMark.length).equals(byteOrderMark) ? bytes.subarray(byteOrderMark.length) : bytes;
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
