import { createHash } from 'node:crypto';
import type { Pool } from '@darkroom/platform-postgres';
import { ProblemError } from '../problems/problem-error.ts';
import { canonicalJson } from './canonical-json.ts';
import { findCallByRequestId } from './find-call-by-request-id.query.ts';
import { findCallByIdempotencyKey } from './idempotency-key.query.ts';
import type { ShownCall } from './shown-call.ts';

/** A request with what it can be known by when it comes again. */
export interface KeyedRequest {
  accountId: string;
  /** The body as it came: what an idempotency key stands for. */
  body: unknown;
  idempotencyKey: string | undefined;
  /** The caller's own id, unique in the account. It stands for the first call that it was used for, whatever the body. */
  requestId?: string | undefined;
}

/** The call that the same request was accepted for before; undefined where there is none, or its key stands for another body. */
export async function findAcceptedCall(pool: Pool, request: KeyedRequest): Promise<ShownCall | undefined> {
  const keyed = await findByKey(pool, request);
  if (keyed !== undefined) return keyed === 'another_body' ? undefined : keyed;
  return findByRequestId(pool, request);
}

/** The call of a request whose key or request id is taken; a ProblemError where the key stands for another body. */
export async function findTakenCall(pool: Pool, request: KeyedRequest): Promise<ShownCall> {
  const keyed = await findByKey(pool, request);
  if (keyed === 'another_body') {
    throw new ProblemError(
      'idempotency_key_reused',
      'Use a new Idempotency-Key for a new request, or send the first body again.',
    );
  }
  const taken = keyed ?? (await findByRequestId(pool, request));
  if (taken === undefined)
    throw new Error(`The account "${request.accountId}" has no row in the table accounts; restart main.`);
  return taken;
}

/** `metadata` that is left out means the same as an empty one. */
export function hashOfBody(body: unknown): Buffer {
  const withDefaults = { metadata: {}, ...(body as Record<string, unknown>) };
  return createHash('sha256').update(canonicalJson(withDefaults)).digest();
}

async function findByKey(
  pool: Pool,
  { accountId, body, idempotencyKey }: KeyedRequest,
): Promise<ShownCall | 'another_body' | undefined> {
  if (idempotencyKey === undefined) return undefined;
  const [existing] = await findCallByIdempotencyKey(pool, [accountId, idempotencyKey]);
  if (existing === undefined) return undefined;
  return existing.body_sha256.equals(hashOfBody(body)) ? existing : 'another_body';
}

async function findByRequestId(pool: Pool, { accountId, requestId }: KeyedRequest): Promise<ShownCall | undefined> {
  if (requestId === undefined) return undefined;
  const [existing] = await findCallByRequestId(pool, [accountId, requestId]);
  return existing;
}
