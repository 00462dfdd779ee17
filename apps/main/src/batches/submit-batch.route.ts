import { batchEndTypes, batchSchema, maxBatchBytes, submitBatchSchema } from '@darkroom/contract';
import type { ApiInstance } from '../api-instance.ts';
import { requestIdIndex } from '../calls/accept-call.ts';
import type { SubmissionSurroundings } from '../calls/read-submission.ts';
import { RemovedMeanwhileError } from '../calls/removed-meanwhile.ts';
import { isUniqueViolationOn } from '../database/database-errors.ts';
import type { BatchRow } from '../database/schema.ts';
import { readSubscriptions } from '../notifications/read-subscriptions.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import { ProblemError } from '../problems/problem-error.ts';
import type { RequestCatalog } from '../requests/request-catalog.ts';
import { acceptBatch, type BatchAccepting, findAcceptedBatch } from './accept-batch.ts';
import { type BatchReader, presentCounted } from './batch-reader.ts';
import { explainRefusedBodies, receiveBatches } from './batch-bodies.ts';
import type { BatchBody } from './batch-body.ts';
import { limitBodyMemory } from './body-memory.ts';
import { findRequestIdFaults } from './find-request-id-faults.ts';
import { invalidBatch } from './malformed-batch.ts';
import { readBatch } from './read-batch.ts';
import { readBatchCalls } from './read-batch-calls.ts';

export interface SubmitBatchDependencies extends BatchAccepting, BatchReader, SubmissionSurroundings {
  requestCatalog: RequestCatalog;
}

/** Registers itself with parsers for large bodies, so its instance is to be its own. */
export function submitBatchRoute(app: ApiInstance, dependencies: SubmitBatchDependencies): void {
  const memory = limitBodyMemory(app);
  const bodyOf = receiveBatches(app, memory);

  app.post(
    '/batches',
    {
      bodyLimit: maxBatchBytes,
      errorHandler: (error, request, reply) => void explainRefusedBodies(error, request, reply),
      // The body is read piece by piece together with the operations' own schemas, so that one answer lists every fault.
      validatorCompiler: () => () => true,
      schema: {
        tags: ['batches'],
        summary: 'Make many calls together',
        description:
          'Accepts all of up to 10,000 calls or none: each fault is listed with its path, for instance `/calls/17/input/prompt`. As `application/x-ndjson` the first line holds the settings and each further line one call; the paths are the same. At most `maxConcurrent` of them are under way at once, begun in their order.',
        consumes: ['application/json', 'application/x-ndjson'],
        body: submitBatchSchema,
        response: {
          202: batchSchema.describe('The batch was accepted, or had been.'),
          ...problemResponses(400, 401, 403, 409, 413, 415, 422),
        },
      },
    },
    async (request, reply) => {
      const { accountId, headers } = request;
      if (headers['idempotency-key'] !== undefined) throw keyIsInBody();
      const row = await memory.inTurn(request, () => acceptOrFindBatch(dependencies, accountId, bodyOf(request)));
      const batch = await presentCounted(dependencies, row);
      return reply.code(202).header('location', `${dependencies.baseUrl()}/v1/batches/${row.id}`).send(batch);
    },
  );
}

/** A batch that was accepted answers its `batchId` for good, also where a new one like it would be refused by now. */
async function acceptOrFindBatch(
  dependencies: SubmitBatchDependencies,
  accountId: string,
  body?: BatchBody,
): Promise<BatchRow> {
  const asked = await readBatch(body, new Date());
  const earlier = await findAcceptedBatch(dependencies.database, accountId, asked);
  if (earlier !== undefined) return earlier;
  const { submissions, faults, requests } = await readBatchCalls(asked, { ...dependencies, accountId });
  const { read: subscriptions, faults: faultsOfSubscriptions } = readSubscriptions(
    asked.settings,
    dependencies,
    batchEndTypes,
  );
  const findTaken = () => findRequestIdFaults(dependencies.pool, accountId, requests);
  const allFaults = [...asked.faults, ...faultsOfSubscriptions, ...faults, ...(await findTaken())];
  if (allFaults.length > 0) {
    // Sent twice at once, it may have been accepted meanwhile, and have taken its own request ids.
    const meanwhile = await findAcceptedBatch(dependencies.database, accountId, asked);
    if (meanwhile !== undefined) return meanwhile;
    throw invalidBatch(allFaults);
  }
  return acceptBatch(dependencies, accountId, { asked, submissions, subscriptions }).catch(async (error: unknown) => {
    if (error instanceof RemovedMeanwhileError) return acceptOrFindBatch(dependencies, accountId, body);
    // One was taken a moment ago, by this batch itself where it was sent twice at once.
    if (!isUniqueViolationOn(requestIdIndex, error)) throw error;
    const found = await findAcceptedBatch(dependencies.database, accountId, asked);
    if (found !== undefined) return found;
    const taken = await findTaken();
    throw taken.length > 0 ? invalidBatch(taken) : error;
  });
}

/** To ignore it would let a repeated batch be paid twice. */
function keyIsInBody(): ProblemError {
  return new ProblemError(
    'invalid_request',
    'Send `batchId` in the body instead of an Idempotency-Key: it does the same.',
  );
}
