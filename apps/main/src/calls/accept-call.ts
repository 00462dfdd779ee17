import { createHash } from 'node:crypto';
import { createId } from '@darkroom/contract';
import type { Pool } from '@darkroom/platform-postgres';
import { isLockTimeoutOn } from '../database/database-errors.ts';
import type { EventBus } from '../events/event-bus.ts';
import { ProblemError } from '../problems/problem-error.ts';
import { canonicalJson } from './canonical-json.ts';
import { findCallByIdempotencyKey } from './idempotency-key.query.ts';
import { insertCall } from './insert-call.query.ts';
import { firstProgress, newCall } from './new-call.ts';
import type { Submission } from './read-submission.ts';
import type { ShownCall } from './shown-call.ts';

export interface AcceptDependencies {
  pool: Pool;
  eventBus: EventBus;
  /** Whether new calls go to the provider simulator. */
  simulated: boolean;
  /** Called after the commit, so that the call's workflow starts without waiting for the next sweep. */
  wakeDispatcher: () => void;
}

export interface KeyedRequest {
  accountId: string;
  /** The body as it came: what an idempotency key stands for. */
  body: unknown;
  idempotencyKey: string | undefined;
}

export interface AcceptRequest extends KeyedRequest {
  submission: Submission;
  /** The call of which this is a new try. */
  retryOf?: string;
}

const retryAfterSeconds = 1;

/** Makes the call durable, or finds the one that its idempotency key has already made. */
export async function acceptCall(dependencies: AcceptDependencies, request: AcceptRequest): Promise<ShownCall> {
  const { accountId, submission, body, idempotencyKey, retryOf } = request;
  const bodyHash = idempotencyKey === undefined ? undefined : hashOf(body);
  const id = createId('call');
  const [accepted] = await insertCall(dependencies.pool, [
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
  ]).catch(explainWaiting);

  if (accepted === undefined) return findAcceptedBefore(dependencies.pool, request, bodyHash);
  dependencies.eventBus.published(accountId, accepted.last_sequence);
  dependencies.wakeDispatcher();
  return newCall({
    ...submission,
    id,
    cancel_after: submission.cancelAfter ?? null,
    retry_of: retryOf ?? null,
    simulated: dependencies.simulated,
    created_at: accepted.created_at,
    queued_at: accepted.queued_at,
  });
}

/** The call that the same request was accepted for before; undefined where it has no key, or the key stands for nothing or for another body. */
export async function findAcceptedCall(
  pool: Pool,
  { accountId, body, idempotencyKey }: KeyedRequest,
): Promise<ShownCall | undefined> {
  if (idempotencyKey === undefined) return undefined;
  const [existing] = await findCallByIdempotencyKey(pool, [accountId, idempotencyKey]);
  return existing?.body_sha256.equals(hashOf(body)) ? existing : undefined;
}

/** `metadata` that is left out means the same as an empty one. */
function hashOf(body: unknown): Buffer {
  const withDefaults = { metadata: {}, ...(body as Record<string, unknown>) };
  return createHash('sha256').update(canonicalJson(withDefaults)).digest();
}

function explainWaiting(error: unknown): never {
  if (!isLockTimeoutOn('idempotency_keys', error)) throw error;
  const detail = 'Send the same request again in a moment; it will answer the same call.';
  throw new ProblemError('idempotency_key_in_progress', detail, { retryAfterSeconds });
}

async function findAcceptedBefore(
  pool: Pool,
  { accountId, idempotencyKey }: AcceptRequest,
  bodyHash: Buffer | undefined,
): Promise<ShownCall> {
  if (idempotencyKey === undefined || bodyHash === undefined)
    throw new Error(`The account "${accountId}" has no row in the table accounts; restart main.`);
  const [existing] = await findCallByIdempotencyKey(pool, [accountId, idempotencyKey]);
  if (existing === undefined)
    throw new Error(`The account "${accountId}" has no row in the table accounts; restart main.`);
  if (existing.body_sha256.equals(bodyHash)) return existing;
  throw new ProblemError(
    'idempotency_key_reused',
    'Use a new Idempotency-Key for a new request, or send the first body again.',
  );
}
