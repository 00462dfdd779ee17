import { acceptCall, type AcceptDependencies } from './accept-call.ts';
import { findAcceptedCall, type KeyedRequest } from './find-accepted.ts';
import type { ReadOptions, Submission, SubmissionSurroundings } from './read-submission.ts';
import { RemovedMeanwhileError } from './removed-meanwhile.ts';
import type { ShownCall } from './shown-call.ts';

export type AcceptOrFindDependencies = AcceptDependencies & SubmissionSurroundings;

/** A request that is read as a call. */
export interface CallRequest extends KeyedRequest {
  /** Throws a ProblemError with every fault of what is asked for. */
  read: (options: ReadOptions) => Promise<Submission>;
  retryOf?: string;
}

/** A call that was accepted answers its idempotency key and its request id for good, also where a new one like it would be refused by now. */
export async function acceptOrFind(
  dependencies: AcceptOrFindDependencies,
  { read, ...request }: CallRequest,
): Promise<ShownCall> {
  let submission: Submission;
  try {
    submission = await read({ ...dependencies, accountId: request.accountId });
  } catch (refusal) {
    const earlier = await findAcceptedCall(dependencies.pool, request);
    if (earlier === undefined) throw refusal;
    return earlier;
  }
  try {
    return await acceptCall(dependencies, { ...request, submission });
  } catch (error) {
    if (!(error instanceof RemovedMeanwhileError)) throw error;
    return acceptOrFind(dependencies, { read, ...request });
  }
}
