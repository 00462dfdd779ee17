import type { IntegrationCatalog } from '../integrations/integration-catalog.ts';
import { acceptCall, type AcceptDependencies, findAcceptedCall, type KeyedRequest } from './accept-call.ts';
import { readSubmission, type Submission } from './read-submission.ts';
import type { ShownCall } from './shown-call.ts';

export interface AcceptOrFindDependencies extends AcceptDependencies {
  catalog: IntegrationCatalog;
  /** Private origins that image addresses may point at. */
  allowOrigins: readonly string[];
}

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
    submission = readSubmission(asked ?? request.body, dependencies);
  } catch (refusal) {
    const earlier = await findAcceptedCall(dependencies.pool, request);
    if (earlier === undefined) throw refusal;
    return earlier;
  }
  return acceptCall(dependencies, { ...request, submission });
}
