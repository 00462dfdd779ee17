import { beforeEach } from '@jest/globals';
import type { BatchEvent, CallStatus } from '@darkroom/contract';
import { acceptBatch } from '../src/batches/accept-batch.ts';
import { advanceBatch, type BatchAdvancing } from '../src/batches/advance-batch.ts';
import type { NewSubscription } from '../src/notifications/read-subscriptions.ts';
import { batchOf } from './batch-bodies.ts';
import { completed, testArtifact } from './internal-side.ts';
import { setUpInternalSide } from './set-up-internal-side.ts';

/** The inside of `main` with batches of the account `default`; each test begins with an empty database. */
export function setUpBatches() {
  const main = setUpInternalSide();
  beforeEach(async () => {
    await main.pool.query('truncate batches, calls, events');
  });
  const advancing = (): BatchAdvancing => ({
    ...main.changing,
    catalog: main.catalog,
    wakeDispatcher: () => undefined,
    wakeCanceller: () => undefined,
  });

  /** Calls that were released, in the order in which they are to start. */
  async function releasedOf(batchId: string) {
    const { rows } = await main.pool.query<{ id: string; place: number; status: CallStatus }>(
      `select id, batch_position as place, status from calls where batch_id = $1 and queued_at < 'infinity' order by queued_at, id`,
      [batchId],
    );
    return rows;
  }

  return {
    main,
    get advancing() {
      return advancing();
    },
    async accept(
      asked: Parameters<typeof batchOf>[0],
      subscriptions: readonly NewSubscription[] = [],
    ): Promise<string> {
      const accepting = { ...main.changing, simulated: true, wakeBatchStarter: () => undefined };
      return (await acceptBatch(accepting, 'default', { ...batchOf(asked), subscriptions })).id;
    },
    advance: (batchId: string) => advanceBatch(advancing(), batchId),
    /** In their order. */
    callsOf: (batchId: string) =>
      main.database.selectFrom('calls').selectAll().where('batch_id', '=', batchId).orderBy('batch_position').execute(),
    releasedOf,
    running: async (batchId: string) =>
      (await releasedOf(batchId)).filter(({ status }) => status === 'pending' || status === 'processing'),
    complete: (callId: string) => main.report(callId, [completed(testArtifact(callId))]),
    fail: (callId: string) =>
      main.report(callId, [
        { type: 'call.failed', data: { error: { code: 'provider_failed', message: 'no', retryable: true } } },
      ]),
    rowOf: (batchId: string) =>
      main.database.selectFrom('batches').selectAll().where('id', '=', batchId).executeTakeFirstOrThrow(),
    /** What the batch's own events say. */
    async logOf(batchId: string): Promise<Pick<BatchEvent, 'type' | 'status' | 'data'>[]> {
      const rows = await main.database
        .selectFrom('events')
        .selectAll()
        .where('batch_id', '=', batchId)
        .orderBy('sequence')
        .execute();
      return rows.map(({ type, status, data }) => ({ type, status, data }) as BatchEvent);
    },
    async sequencesAreGapless(): Promise<boolean> {
      const { rows } = await main.pool.query<{ count: number; span: number }>(
        'select count(*) as count, max(sequence) - min(sequence) + 1 as span from events',
      );
      return rows[0]?.count === rows[0]?.span;
    },
  };
}
