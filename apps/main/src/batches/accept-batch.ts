import { createId } from '@darkroom/contract';
import { sql, type Kysely, type Transaction } from 'kysely';
import { requestIdIndex } from '../calls/accept-call.ts';
import type { Submission } from '../calls/read-submission.ts';
import { lockArtifacts } from '../calls/removed-meanwhile.ts';
import { isLockTimeoutOn } from '../database/database-errors.ts';
import { lockPatience } from '../database/lock-patience.ts';
import type { BatchRow, Database } from '../database/schema.ts';
import type { EventBus } from '../events/event-bus.ts';
import { insertSubscriptions } from '../notifications/insert-subscriptions.ts';
import type { NewSubscription } from '../notifications/read-subscriptions.ts';
import { ProblemError } from '../problems/problem-error.ts';
import { appendAcceptances, insertBatch, insertCalls } from './insert-batch.queries.ts';
import type { AskedBatch } from './read-batch.ts';

export interface BatchAccepting {
  database: Kysely<Database>;
  eventBus: Pick<EventBus, 'published'>;
  /** Whether new calls go to the provider simulator. */
  simulated: boolean;
  /** Called after the commit, so that the batch's workflow starts without waiting for the next sweep. */
  wakeBatchStarter: () => void;
  /** Called after a batch with subscriptions was accepted, before its news are told. */
  noteSubscription?: (accountId: string) => void;
}

/** What of a batch tells whether another one is the same. */
type NamedBatch = Pick<AskedBatch, 'settings' | 'bodySha256'>;

/** A batch that may be accepted. */
export interface ReadBatch {
  asked: NamedBatch & Pick<AskedBatch, 'beginsAt'>;
  submissions: readonly Submission[];
  /** Who is told of it, beside the account's own subscriptions. */
  subscriptions?: readonly NewSubscription[];
}

const callsInStatement = 500;
const bytesInStatement = 1024 * 1024;
const retryAfterSeconds = 1;

/**
 * Makes the batch and all its calls durable, or nothing; answers the earlier one where its `batchId` has made one from the same body. Throws a
 * RemovedMeanwhileError where an artifact that a call names is there no more.
 */
export async function acceptBatch(
  { database, eventBus, simulated, wakeBatchStarter, noteSubscription }: BatchAccepting,
  accountId: string,
  { asked, submissions, subscriptions = [] }: ReadBatch,
): Promise<BatchRow> {
  const { batchId, strategy, maxConcurrent, onFailure, metadata = {} } = asked.settings;
  const isSubscribed = subscriptions.length > 0 || submissions.some((submission) => submission.subscriptions?.length);
  const accepted = await database
    .transaction()
    .execute(async (transaction) => {
      await sql.raw(lockPatience).execute(transaction);
      const batch = await insertBatch(transaction, {
        id: createId('bat'),
        account_id: accountId,
        batch_key: batchId ?? null,
        body_sha256: asked.bodySha256,
        strategy,
        max_concurrent: maxConcurrent,
        on_failure: onFailure,
        metadata,
        total: submissions.length,
        beginsAt: asked.beginsAt,
      });
      if (batch === undefined) return undefined;
      await lockArtifacts(transaction, [...new Set(submissions.flatMap((each) => each.namedArtifactIds ?? []))]);
      const ofBatch = subscriptions.map((subscription) => ({ ...subscription, batchId: batch.id }));
      await insertSubscriptions(transaction, accountId, ofBatch);
      await insertInPieces(transaction, { ...batch, simulated }, submissions);
      return { batch, lastSequence: await appendAcceptances(transaction, { ...batch, isSubscribed }) };
    })
    .catch(explainWaiting);

  if (accepted !== undefined) {
    if (isSubscribed) noteSubscription?.(accountId);
    eventBus.published(accountId, accepted.lastSequence);
    wakeBatchStarter();
    return accepted.batch;
  }
  const earlier = await findAcceptedBatch(database, accountId, asked);
  if (earlier === undefined) throw new Error('A batch that was in the way of another was gone a moment later.');
  return earlier;
}

/** The batch that an account's `batchId` has made; throws a ProblemError where it was made from another body. */
export async function findAcceptedBatch(
  database: Kysely<Database>,
  accountId: string,
  { settings: { batchId }, bodySha256 }: NamedBatch,
): Promise<BatchRow | undefined> {
  if (batchId === undefined) return undefined;
  const earlier = await database
    .selectFrom('batches')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('batch_key', '=', batchId)
    .executeTakeFirst();
  if (earlier === undefined || earlier.body_sha256.equals(bodySha256)) return earlier;
  const detail = 'Use a new `batchId` for a new batch, or send the first body again.';
  throw new ProblemError('batch_id_reused', detail, {
    errors: [{ path: '/batchId', message: 'was used for a batch with another body' }],
  });
}

/** A statement's text is written in one go: pieces of a limited size let other requests have their turn. */
async function insertInPieces(
  transaction: Transaction<Database>,
  batch: BatchRow & { simulated: boolean },
  submissions: readonly Submission[],
): Promise<void> {
  let piece: { submission: Submission; position: number }[] = [];
  let bytes = 0;
  for (const [position, submission] of submissions.entries()) {
    piece.push({ submission, position });
    bytes += JSON.stringify(submission.input).length;
    if (piece.length < callsInStatement && bytes < bytesInStatement) continue;
    await insertCalls(transaction, batch, piece);
    [piece, bytes] = [[], 0];
  }
  if (piece.length > 0) await insertCalls(transaction, batch, piece);
}

function explainWaiting(error: unknown): never {
  if (!isLockTimeoutOn('batches', error) && !isLockTimeoutOn(requestIdIndex, error)) throw error;
  const detail = 'Send the same batch again in a moment; it will answer the first one.';
  throw new ProblemError('batch_in_progress', detail, { retryAfterSeconds });
}
