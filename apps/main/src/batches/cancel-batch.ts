import { type CancelBatchAnswer, isTerminal } from '@darkroom/contract';
import { sql } from 'kysely';
import { appendEvents } from '../events/append-events.ts';
import { advanceBatch, type BatchAdvancing } from './advance-batch.ts';
import { lockBatch } from './lock-batch.ts';

/** A batch that begins later has no workflow yet. Where this process is killed now, one is to go on, and not in a year. */
const soon = sql<Date>`least(start_due_at, clock_timestamp() + interval '2 seconds')`;

/**
 * Cancels the calls that have not begun, unpaid and before it answers, and asks those under way to cancel. What a kill leaves undone, the
 * batch's workflow does: the wish is durable first. Answers undefined where there is no such batch.
 */
export async function cancelBatch(
  advancing: BatchAdvancing,
  batchId: string,
): Promise<CancelBatchAnswer['result'] | undefined> {
  const { database, eventBus } = advancing;
  const noted = await database.transaction().execute(async (transaction) => {
    const batch = await lockBatch(transaction, batchId);
    if (batch === undefined || isTerminal(batch.status) || batch.cancel_requested_at !== null) return { batch };
    await transaction
      .updateTable('batches')
      .set({ cancel_requested_at: batch.now, stopped_by: batch.stopped_by ?? 'user', start_due_at: soon })
      .where('id', '=', batchId)
      .execute();
    const { status } = batch;
    const request = { batchId, type: 'batch.cancel_requested', status, data: { by: 'user' } } as const;
    return { batch, lastSequence: await appendEvents(transaction, batch.account_id, [request]) };
  });
  const { batch, lastSequence } = noted;
  if (batch === undefined) return undefined;
  if (isTerminal(batch.status)) return 'already_terminal';
  if (lastSequence !== undefined) eventBus.published(batch.account_id, lastSequence);

  const advance = await advanceBatch(advancing, batchId);
  if (advance?.isOver !== false) return 'cancelled';
  // Calls that were released and not submitted have ended by now: the batch may have, too.
  return (await advanceBatch(advancing, batchId))?.isOver === false ? 'cancel_requested' : 'cancelled';
}
