import { createId } from '@darkroom/contract';
import type { Pool } from '@darkroom/platform-postgres';
import { isLockTimeoutOn, isUniqueViolationOn } from '../database/database-errors.ts';
import type { EventBus } from '../events/event-bus.ts';
import { ProblemError } from '../problems/problem-error.ts';
import { findTakenCall, hashOfBody, type KeyedRequest } from './find-accepted.ts';
import { insertCall, type InsertCallValues, insertSubscribedCall } from './insert-call.query.ts';
import { subscriptionRows } from '../notifications/subscription-rows.ts';
import { firstProgress, newCall } from './new-call.ts';
import { refuseRemoved } from './removed-meanwhile.ts';
import type { Submission } from './read-submission.ts';
import type { ShownCall } from './shown-call.ts';

export interface AcceptDependencies {
  pool: Pool;
  eventBus: EventBus;
  /** Whether new calls go to the provider simulator. */
  simulated: boolean;
  /** Called after the commit, so that the call's workflow starts without waiting for the next sweep. */
  wakeDispatcher: () => void;
  /** Called after a call with subscriptions was accepted, before its news are told. */
  noteSubscription?: (accountId: string) => void;
}

export interface AcceptRequest extends KeyedRequest {
  submission: Submission;
  /** The call of which this is a new try. */
  retryOf?: string;
}

const retryAfterSeconds = 1;
/** What refuses a request id that the account has used. */
export const requestIdIndex = 'calls_of_request_id';

/**
 * Makes the call durable, or finds the one that its idempotency key or its request id has already made. Throws a RemovedMeanwhileError where an
 * artifact that it names is there no more.
 */
export async function acceptCall(dependencies: AcceptDependencies, request: AcceptRequest): Promise<ShownCall> {
  const { accountId, submission, body, idempotencyKey, retryOf } = request;
  const { fulfilment, requestId, userId } = submission.madeOf ?? {};
  const { namedArtifactIds } = submission;
  const bodyHash = idempotencyKey === undefined ? undefined : hashOfBody(body);
  const id = createId('call');
  const values: InsertCallValues = [
    id,
    accountId,
    submission.integration,
    submission.operation,
    JSON.stringify(submission.input),
    JSON.stringify(submission.metadata),
    JSON.stringify(submission.limits),
    dependencies.simulated,
    idempotencyKey ?? null,
    bodyHash ?? null,
    JSON.stringify(firstProgress),
    submission.cancelAfter ?? null,
    retryOf ?? null,
    submission.startAt ?? null,
    fulfilment === undefined ? null : JSON.stringify(fulfilment),
    requestId ?? null,
    userId ?? null,
    submission.sourceArtifactIds ?? null,
    namedArtifactIds ?? null,
  ];
  const { subscriptions = [] } = submission;
  const insertion =
    subscriptions.length === 0
      ? insertCall(dependencies.pool, values)
      : insertSubscribedCall(dependencies.pool, [...values, subscriptionRows(subscriptions)]);
  const [accepted] = await insertion.catch(explainTaken);

  if (accepted === undefined) {
    await refuseRemoved(dependencies.pool, namedArtifactIds);
    return findTakenCall(dependencies.pool, { ...request, requestId });
  }
  if (subscriptions.length > 0) dependencies.noteSubscription?.(accountId);
  dependencies.eventBus.published(accountId, accepted.last_sequence);
  dependencies.wakeDispatcher();
  return newCall({
    ...submission,
    id,
    cancel_after: submission.cancelAfter ?? null,
    retry_of: retryOf ?? null,
    source_artifact_ids: submission.sourceArtifactIds === undefined ? null : [...submission.sourceArtifactIds],
    request: fulfilment ?? null,
    request_id: requestId ?? null,
    user_id: userId ?? null,
    simulated: dependencies.simulated,
    created_at: accepted.created_at,
    queued_at: accepted.queued_at,
  });
}

/** A request id that is taken is no error: the statement has written nothing, and no row came back. */
function explainTaken(error: unknown): [] {
  if (isUniqueViolationOn(requestIdIndex, error)) return [];
  const detail = 'Send the same request again in a moment; it will answer the same call.';
  if (isLockTimeoutOn(requestIdIndex, error))
    throw new ProblemError('request_id_in_progress', detail, { retryAfterSeconds });
  if (isLockTimeoutOn('idempotency_keys', error))
    throw new ProblemError('idempotency_key_in_progress', detail, { retryAfterSeconds });
  throw error;
}
