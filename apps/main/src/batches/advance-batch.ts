import {
  type BatchAdvance,
  type BatchEventType,
  type BatchStatus,
  type CallCounts,
  isTerminal,
} from '@darkroom/contract';
import { sql, type Transaction } from 'kysely';
import { cancelCall, cancelUnclaimed, type Cancelling } from '../cancel/cancel-call.ts';
import type { Database } from '../database/schema.ts';
import { appendEvents, type BatchEventDraft } from '../events/append-events.ts';
import { limitConcurrency } from '../spool/limit-concurrency.ts';
import { cancelWaitingCalls, observeCancelled, type CancelledCall } from './cancel-waiting-calls.ts';
import { countCalls } from './count-calls.query.ts';
import { lockBatch, type LockedBatch } from './lock-batch.ts';
import { releaseCalls } from './release-calls.query.ts';

export interface BatchAdvancing extends Cancelling {
  /** Called after calls were released, so that they start without waiting for the next sweep. */
  wakeDispatcher: () => void;
  /** Called after cancels were requested of calls that are under way. */
  wakeCanceller: () => void;
}

const cancelledAtOnce = 500;
const cancelsInFlight = 8;
const startAgainAfter = sql<Date>`clock_timestamp() + interval '2 minutes'`;
const startAgainMarginMs = 60_000;

/**
 * Brings a batch as far as it may go now: releases calls up to its limit or, where it was stopped, cancels those that wait, and ends it once
 * all its calls have ended. Safe to run any number of times and at the same time: each step locks the batch, and the limit is what the
 * database counts under that lock. Answers undefined where there is no such batch.
 */
export async function advanceBatch(advancing: BatchAdvancing, batchId: string): Promise<BatchAdvance | undefined> {
  for (;;) {
    const step = await takeStep(advancing, batchId);
    if (step === undefined) return undefined;
    const { batch, stoppedBy, isOver, hasMore, released } = step;
    if (hasMore) continue;
    if (!isOver && batch.cancel_requested_at !== null) await cancelRunningCalls(advancing, batchId);
    else if (!isOver && stoppedBy === 'on_failure' && (await cancelUnclaimedCalls(advancing, batchId)) > 0) continue;
    return { isOver, released };
  }
}

interface Step extends BatchAdvance {
  batch: LockedBatch;
  stoppedBy: LockedBatch['stopped_by'];
  /** Whether there is more to do at once: a step is short, because it holds the lock of the account's log. */
  hasMore: boolean;
}

async function takeStep(advancing: BatchAdvancing, batchId: string): Promise<Step | undefined> {
  const { database, eventBus, metrics, logger, wakeDispatcher } = advancing;
  const done = await database.transaction().execute(async (transaction) => {
    const batch = await lockBatch(transaction, batchId);
    if (batch === undefined || isTerminal(batch.status)) return { batch };
    const move = await decideMove(transaction, batch);
    await saveMove(transaction, batch, move);
    const events = [...move.events, ...move.cancelled.flatMap(({ events }) => events), ...move.end];
    const lastSequence = events.length === 0 ? undefined : await appendEvents(transaction, batch.account_id, events);
    return { batch, move, lastSequence };
  });
  const { batch, move, lastSequence } = done;
  if (batch === undefined) return undefined;
  if (move === undefined)
    return { batch, stoppedBy: batch.stopped_by, isOver: true, hasMore: false, released: batch.released };

  if (lastSequence !== undefined) eventBus.published(batch.account_id, lastSequence);
  if (move.releasedCalls > 0) wakeDispatcher();
  for (const call of move.cancelled) observeCancelled(metrics, call);
  for (const { type, status } of [...move.events, ...move.end])
    logger.info({ batch_id: batchId, workflow_id: batchId, status }, type.replace('.', ' ').replaceAll('_', ' '));
  const { stoppedBy, hasMore, released } = move;
  return { batch, stoppedBy, isOver: move.end.length > 0, hasMore, released };
}

interface Move {
  status: BatchStatus;
  stoppedBy: LockedBatch['stopped_by'];
  events: BatchEventDraft[];
  cancelled: CancelledCall[];
  end: BatchEventDraft[];
  hasMore: boolean;
  releasedCalls: number;
  released: number;
}

async function decideMove(transaction: Transaction<Database>, batch: LockedBatch): Promise<Move> {
  const { running, hasFailed } = await readProgress(transaction, batch.id);
  const stopsNow = batch.stopped_by === null && batch.on_failure === 'stop' && hasFailed;
  const stoppedBy = stopsNow ? 'on_failure' : batch.stopped_by;
  const event = (type: BatchEventType, status: BatchStatus, data: unknown): BatchEventDraft => ({
    batchId: batch.id,
    type,
    status,
    data,
  });
  const begins = batch.status === 'pending' && stoppedBy === null;
  const status = begins ? 'processing' : batch.status;
  const events = [
    ...(begins ? [event('batch.processing', status, { workflowId: batch.id })] : []),
    ...(stopsNow ? [event('batch.cancel_requested', status, { by: 'on_failure' })] : []),
  ];

  const cancelled = stoppedBy === null ? [] : await cancelWaitingCalls(transaction, batch.id, cancelledAtOnce);
  const hasMore = cancelled.length === cancelledAtOnce;
  const places = stoppedBy === null ? await releaseCalls(transaction, batch.id, batch.max_concurrent - running) : [];
  const move = {
    status,
    stoppedBy,
    events,
    cancelled,
    end: [],
    hasMore,
    releasedCalls: places.length,
    released: Math.max(batch.released, ...places.map((place) => place + 1)),
  };
  if (running > 0 || places.length > 0 || hasMore) return move;

  const counts = await countCalls(transaction, batch.id);
  const end = endOf({ ...batch, stopped_by: stoppedBy }, counts);
  return { ...move, status: end, end: [event(`batch.${end}`, end, { calls: counts })] };
}

/** A batch whose calls all came to their ends in spite of a cancel was not cancelled. */
function endOf(
  { stopped_by, on_failure }: Pick<LockedBatch, 'stopped_by' | 'on_failure'>,
  { cancelled, failed }: CallCounts,
): 'completed' | 'failed' | 'cancelled' {
  if (stopped_by === 'user' && cancelled > 0) return 'cancelled';
  return on_failure === 'stop' && failed > 0 ? 'failed' : 'completed';
}

/** In one statement: what frees a place by failing is seen to have failed. */
async function readProgress(
  transaction: Transaction<Database>,
  batchId: string,
): Promise<{ running: number; hasFailed: boolean }> {
  const { rows } = await sql<{ running: number; has_failed: boolean }>`
    select
      (select count(*) from calls where batch_id = ${batchId} and queued_at < 'infinity' and completed_at is null) as running,
      exists (select from calls where batch_id = ${batchId} and status = 'failed') as has_failed`.execute(transaction);
  const [row] = rows;
  return { running: row?.running ?? 0, hasFailed: row?.has_failed ?? false };
}

async function saveMove(transaction: Transaction<Database>, batch: LockedBatch, move: Move): Promise<void> {
  const hasEnded = move.end.length > 0;
  const startsAgainSoon = batch.start_due_at.getTime() - batch.now.getTime() < startAgainMarginMs;
  const columns = {
    ...(move.status !== batch.status && { status: move.status }),
    ...(move.stoppedBy !== batch.stopped_by && { stopped_by: move.stoppedBy }),
    ...(move.released !== batch.released && { released: move.released }),
    ...(batch.started_at === null && move.status === 'processing' && { started_at: batch.now }),
    ...(hasEnded && { completed_at: sql<Date>`clock_timestamp()`, counts: countsOf(move) }),
    ...(startsAgainSoon && { start_due_at: startAgainAfter }),
  };
  if (Object.keys(columns).length === 0) return;
  await transaction.updateTable('batches').set(columns).where('id', '=', batch.id).execute();
}

function countsOf({ end }: Move): string {
  return JSON.stringify((end[0]?.data as { calls: unknown } | undefined)?.calls ?? null);
}

/** What was submitted is asked to cancel as if its caller had asked. */
async function cancelRunningCalls(advancing: BatchAdvancing, batchId: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select id from calls
    where batch_id = ${batchId} and queued_at < 'infinity' and completed_at is null and cancel_requested_at is null`.execute(
    advancing.database,
  );
  if (rows.length === 0) return;
  await forEach(rows, ({ id }) => cancelCall(advancing, { callId: id, by: 'batch' }));
  advancing.wakeCanceller();
}

/** What was released and never submitted has not begun: after a failure that stops its batch it shall not. Answers how many it ended. */
async function cancelUnclaimedCalls(advancing: BatchAdvancing, batchId: string): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    select id from calls
    where batch_id = ${batchId} and queued_at < 'infinity' and completed_at is null and submissions_claimed = 0`.execute(
    advancing.database,
  );
  const ended = await forEach(rows, ({ id }) => cancelUnclaimed(advancing, { callId: id, by: 'batch' }));
  return ended.filter(Boolean).length;
}

/** Some at a time. Where one fails it throws once the others have ended: what comes after shall not meet them under way. */
async function forEach<Item, Result>(items: readonly Item[], act: (item: Item) => Promise<Result>): Promise<Result[]> {
  const inTurn = limitConcurrency(cancelsInFlight);
  const acts = items.map((item) => inTurn(() => act(item)));
  await Promise.allSettled(acts);
  return Promise.all(acts);
}
