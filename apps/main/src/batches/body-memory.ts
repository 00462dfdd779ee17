import { maxBatchBytes } from '@darkroom/contract';
import type { FastifyRequest } from 'fastify';
import type { ApiInstance } from '../api-instance.ts';
import { ProblemError } from '../problems/problem-error.ts';
import { limitConcurrency } from '../spool/limit-concurrency.ts';
import { createMemoryBudget } from '../uploads/memory-budget.ts';

/** The memory that the bodies of batches take. */
export interface BodyMemory {
  /** Counts a body until the work with it has ended, also where its client leaves meanwhile. Rejects where it left before. */
  during<Result>(request: FastifyRequest, work: () => Promise<Result>): Promise<Result>;
  /** The same for work that takes more memory: some of it at a time. Rejects where the client leaves before its turn: nobody would hear of it. */
  inTurn<Result>(request: FastifyRequest, work: () => Promise<Result>): Promise<Result>;
}

interface BodyMemoryOptions {
  /** How long a body may bring nothing. */
  stallMilliseconds?: number;
  /** How long it may take as a whole. */
  longestMilliseconds?: number;
}

const [bodiesInMemory, bodiesOfAccount] = [4, 2];
/** Each holds its calls once more, and a database connection while they are written. */
const worksAtOnce = 2;
const [defaultStallMilliseconds, defaultLongestMilliseconds] = [30_000, 600_000];

/** Has bodies come later that would take too much memory together, before they are read, and ends those that do not come. */
export function limitBodyMemory(app: ApiInstance, options: BodyMemoryOptions = {}): BodyMemory {
  const budget = createMemoryBudget({
    what: 'batches',
    mostBytes: bodiesInMemory * maxBatchBytes,
    mostBytesOfAccount: bodiesOfAccount * maxBatchBytes,
  });
  const held = new WeakMap<FastifyRequest, HeldBody>();

  app.addHook('onRequest', (request, reply, done) => {
    const memory = budget.reserve(request.accountId);
    const body: HeldBody = { works: 0, hasLeft: false, release: () => memory.release() };
    held.set(request, body);
    const watch = endStalled(request, options);
    reply.raw.once('close', () => {
      clearInterval(watch);
      body.hasLeft = true;
      if (body.works === 0) body.release();
    });
    // Where the length is not told, it may be anything; one that is too large is refused by itself.
    memory.grow(Math.min(maxBatchBytes, Number(request.headers['content-length'] ?? maxBatchBytes)));
    done();
  });

  const turns = limitConcurrency(worksAtOnce);
  const during: BodyMemory['during'] = async (request, work) => {
    const body = held.get(request);
    if (body === undefined || body.hasLeft) throw abandoned();
    body.works += 1;
    try {
      return await work();
    } finally {
      body.works -= 1;
      if (body.hasLeft && body.works === 0) body.release();
    }
  };
  return { during, inTurn: (request, work) => during(request, () => turns(() => during(request, work))) };
}

interface HeldBody {
  /** How many work with it now. */
  works: number;
  hasLeft: boolean;
  release(): void;
}

/** A connection that is gone, and one that drips, would hold their share for ever. */
function endStalled(
  { raw }: FastifyRequest,
  { stallMilliseconds = defaultStallMilliseconds, longestMilliseconds = defaultLongestMilliseconds }: BodyMemoryOptions,
): NodeJS.Timeout {
  const endsAt = performance.now() + longestMilliseconds;
  let seen = raw.socket.bytesRead;
  const watch = setInterval(() => {
    const { bytesRead } = raw.socket;
    if (raw.complete) clearInterval(watch);
    else if (bytesRead === seen || performance.now() > endsAt) raw.destroy();
    seen = bytesRead;
  }, stallMilliseconds);
  return watch;
}

function abandoned(): ProblemError {
  return new ProblemError('malformed_request', 'The connection was closed before the batch was accepted.');
}
