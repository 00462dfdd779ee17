import { acceptCall, type AcceptDependencies, findAcceptedCall, type KeyedRequest } from './accept-call.ts';
import { readSubmission, type Submission, type SubmissionSurroundings } from './read-submission.ts';
import type { ShownCall } from './shown-call.ts';

export type AcceptOrFindDependencies = AcceptDependencies & SubmissionSurroundings;

/** A request that is read as the body of `POST /v1/calls`. */
export interface CallRequest extends KeyedRequest {
  /** Where it is not the body as it came. */
  asked?: unknown;
  retryOf?: string;
}

/** A call that was accepted answers its idempotency key for good, also where a new one like it would be refused by now. */
export async function acceptOrFind(
  dependencies: AcceptOrFindDependencies,
  { asked, ...request }: CallRequest,
): Promise<ShownCall> {
  let submission: Submission;
  try {
    submission = await readSubmission(asked ?? request.body, { ...dependencies, accountId: request.accountId });
  } catch (refusal) {
    const earlier = await findAcceptedCall(dependencies.pool, request);
    if (earlier === undefined) throw refusal;
    return earlier;
  }
  return acceptCall(dependencies, { ...request, submission });
}
