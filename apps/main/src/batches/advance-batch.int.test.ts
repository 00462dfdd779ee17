import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { BatchEvent, CallStatus } from '@darkroom/contract';
import { expectNoLeakedProcesses, startTestMiddleware, type TestMiddleware } from '@darkroom/testing';
import { batchOf } from '../../test/batch-bodies.ts';
import { type InternalApi, startInternalApi } from '../../test/internal-api.ts';
import { completed, type InternalSide, openInternalSide, testArtifact } from '../../test/internal-side.ts';
import { until } from '../../test/until.ts';
import { endExpiredCalls } from '../dispatch/end-expired-calls.ts';
import { cancelCall } from '../cancel/cancel-call.ts';
import { acceptBatch } from './accept-batch.ts';
import { advanceBatch, type BatchAdvancing } from './advance-batch.ts';
import { cancelBatch } from './cancel-batch.ts';

let middleware: TestMiddleware;
let main: InternalSide;
let advancing: BatchAdvancing;

beforeAll(async () => {
  middleware = await startTestMiddleware({ postgres: true });
  main = await openInternalSide(await middleware.postgres.createDatabase());
  const { changing, catalog } = main;
  advancing = { ...changing, catalog, wakeDispatcher: () => undefined, wakeCanceller: () => undefined };
});
beforeEach(async () => {
  await main.pool.query('truncate batches, calls, events');
});
afterAll(async () => {
  await main.close();
  await middleware.stop();
  await expectNoLeakedProcesses();
});

async function accept(asked: Parameters<typeof batchOf>[0]): Promise<string> {
  const accepting = { ...main.changing, simulated: true, wakeBatchStarter: () => undefined };
  return (await acceptBatch(accepting, 'default', batchOf(asked))).id;
}

const advance = (batchId: string) => advanceBatch(advancing, batchId);

async function callsOf(batchId: string) {
  return main.database
    .selectFrom('calls')
    .select(['id', 'status', 'batch_position', 'queued_at', 'call_sequence', 'cancel_requested_at', 'progress'])
    .where('batch_id', '=', batchId)
    .orderBy('batch_position')
    .execute();
}

async function releasedOf(batchId: string) {
  const { rows } = await main.pool.query<{ id: string; place: number; status: CallStatus }>(
    `select id, batch_position as place, status from calls where batch_id = $1 and queued_at < 'infinity' order by queued_at, id`,
    [batchId],
  );
  return rows;
}

const running = async (batchId: string) =>
  (await releasedOf(batchId)).filter(({ status }) => status === 'pending' || status === 'processing');

const complete = (callId: string) => main.report(callId, [completed(testArtifact(callId))]);
const fail = (callId: string) =>
  main.report(callId, [
    { type: 'call.failed', data: { error: { code: 'provider_failed', message: 'no', retryable: true } } },
  ]);

const rowOf = (batchId: string) =>
  main.database.selectFrom('batches').selectAll().where('id', '=', batchId).executeTakeFirstOrThrow();

async function logOf(batchId: string): Promise<Pick<BatchEvent, 'type' | 'status' | 'data'>[]> {
  const rows = await main.database
    .selectFrom('events')
    .selectAll()
    .where('batch_id', '=', batchId)
    .orderBy('sequence')
    .execute();
  return rows.map(({ type, status, data }) => ({ type, status, data }) as BatchEvent);
}

test('releases calls in their order, and never more than maxConcurrent that have not ended', async () => {
  const batchId = await accept({ calls: 7, maxConcurrent: 3 });
  expect(await advance(batchId)).toEqual({ isOver: false, released: 3 });
  expect((await releasedOf(batchId)).map(({ place }) => place)).toEqual([0, 1, 2]);
  const [first, second] = await releasedOf(batchId);
  await complete(second?.id ?? '');
  await Promise.all(Array.from({ length: 10 }, () => advance(batchId)));
  expect((await running(batchId)).map(({ place }) => place)).toEqual([0, 2, 3]);
  await fail(first?.id ?? '');
  await Promise.all(Array.from({ length: 10 }, () => advance(batchId)));
  expect((await running(batchId)).map(({ place }) => place)).toEqual([2, 3, 4]);
});

test('many who advance at once, while calls end, begin each call once and keep to the limit', async () => {
  const batchId = await accept({ calls: 40, maxConcurrent: 4 });
  let most = 0;
  const started: string[] = [];
  for (;;) {
    const answers = await Promise.all(Array.from({ length: 8 }, () => advance(batchId)));
    if (answers.some((answer) => answer?.isOver)) break;
    const now = await running(batchId);
    most = Math.max(most, now.length);
    started.push(...now.map(({ id }) => id));
    await Promise.all([...now.map(({ id }) => complete(id)), advance(batchId), advance(batchId)]);
  }
  expect(most).toBe(4);
  expect(new Set(started).size).toBe(40);
  expect((await logOf(batchId)).map(({ type }) => type)).toEqual([
    'batch.accepted',
    'batch.processing',
    'batch.completed',
  ]);
});

test('its end is told once, after that of its last call, with the counts by status', async () => {
  const batchId = await accept({ calls: 3 });
  await advance(batchId);
  const calls = await callsOf(batchId);
  await fail(calls[0]?.id ?? '');
  await main.cancel(calls[1]?.id ?? '');
  await complete(calls[2]?.id ?? '');
  await Promise.all(Array.from({ length: 8 }, () => advance(batchId)));

  const counts = { total: 3, pending: 0, processing: 0, completed: 1, failed: 1, cancelled: 1 };
  const log = await main.database.selectFrom('events').selectAll().orderBy('sequence').execute();
  expect(log.at(-1)).toMatchObject({ batch_id: batchId, type: 'batch.completed', data: { calls: counts } });
  expect(log.filter(({ type }) => type === 'batch.completed')).toHaveLength(1);
  expect(await rowOf(batchId)).toMatchObject({ status: 'completed', counts, completed_at: expect.any(Date) });
});

test('where a failure stops it: what was not begun is cancelled unpaid, what runs ends, and then it is failed', async () => {
  const batchId = await accept({ calls: 6, maxConcurrent: 2, onFailure: 'stop' });
  await advance(batchId);
  const [one, other] = await releasedOf(batchId);
  await fail(one?.id ?? '');
  expect(await advance(batchId)).toMatchObject({ isOver: false });
  expect((await callsOf(batchId)).map(({ status }) => status)).toEqual([
    'failed',
    'pending',
    ...Array.from({ length: 4 }, () => 'cancelled'),
  ]);
  await complete(other?.id ?? '');
  expect(await advance(batchId)).toMatchObject({ isOver: true });

  expect((await logOf(batchId)).map(({ type, status }) => [type, status])).toEqual([
    ['batch.accepted', 'pending'],
    ['batch.processing', 'processing'],
    ['batch.cancel_requested', 'processing'],
    ['batch.failed', 'failed'],
  ]);
});

test('where the last call fails and a failure stops it, it is failed all the same', async () => {
  const batchId = await accept({ calls: 1, onFailure: 'stop' });
  await advance(batchId);
  await fail((await callsOf(batchId))[0]?.id ?? '');
  expect(await advance(batchId)).toMatchObject({ isOver: true });
  expect((await logOf(batchId)).at(-1)).toMatchObject({
    type: 'batch.failed',
    data: { calls: { total: 1, failed: 1 } },
  });
});

test('a cancel ends what was not begun unpaid before it answers, and asks what is under way', async () => {
  const batchId = await accept({ calls: 1_200, maxConcurrent: 3 });
  await advance(batchId);
  const [first, second, third] = await releasedOf(batchId);
  await main.claim(first?.id ?? '');
  await main.claim(second?.id ?? '');
  expect(await cancelBatch(advancing, batchId)).toBe('cancel_requested');
  const calls = await callsOf(batchId);
  expect(calls.slice(0, 3).map(({ status }) => status)).toEqual(['processing', 'processing', 'cancelled']);
  expect(calls.slice(3).every(({ status }) => status === 'cancelled')).toBe(true);
  expect(await main.eventTypes(first?.id ?? '')).toContain('call.cancel_requested');
  expect(await main.eventTypes(third?.id ?? '')).toEqual(['call.accepted', 'call.cancel_requested', 'call.cancelled']);

  expect(await cancelBatch(advancing, batchId)).toBe('cancel_requested');
  await complete(first?.id ?? '');
  await complete(second?.id ?? '');
  expect(await advance(batchId)).toMatchObject({ isOver: true });
  expect(await cancelBatch(advancing, batchId)).toBe('already_terminal');
  expect(await logOf(batchId)).toMatchObject([
    { type: 'batch.accepted' },
    { type: 'batch.processing' },
    { type: 'batch.cancel_requested', data: { by: 'user' } },
    { type: 'batch.cancelled', data: { calls: { total: 1_200, completed: 2, cancelled: 1_198 } } },
  ]);
  expect(await sequencesAreGapless()).toBe(true);
});

const sequencesAreGapless = async () => {
  const { rows } = await main.pool.query<{ count: number; span: number }>(
    'select count(*) as count, max(sequence) - min(sequence) + 1 as span from events',
  );
  return rows[0]?.count === rows[0]?.span;
};

test('a batch that has not begun is cancelled at once, and its workflow finds nothing to do', async () => {
  const batchId = await accept({ calls: 2 });
  expect(await cancelBatch(advancing, batchId)).toBe('cancelled');
  expect(await advance(batchId)).toEqual({ isOver: true, released: 0 });
  expect((await logOf(batchId)).map(({ type }) => type)).toEqual([
    'batch.accepted',
    'batch.cancel_requested',
    'batch.cancelled',
  ]);
});

test('what a kill leaves of a cancel is done by the next advance', async () => {
  const batchId = await accept({ calls: 700, maxConcurrent: 1 });
  await advance(batchId);
  const [first] = await releasedOf(batchId);
  await main.claim(first?.id ?? '');
  await main.pool.query(`update batches set cancel_requested_at = now(), stopped_by = 'user' where id = $1`, [batchId]);
  await advance(batchId);

  expect(await main.eventTypes(first?.id ?? '')).toContain('call.cancel_requested');
  expect((await callsOf(batchId)).slice(1).every(({ status }) => status === 'cancelled')).toBe(true);
});

test('a call that its batch cancels ends as one that is cancelled by itself', async () => {
  const [ofBatch, byItself] = [await accept({ calls: 1 }), await accept({ calls: 1 })];
  const [one, other] = [(await callsOf(ofBatch))[0]?.id ?? '', (await callsOf(byItself))[0]?.id ?? ''];
  await cancelBatch(advancing, ofBatch);
  await cancelCall(advancing, { callId: other, by: 'batch' });

  const comparable = async (id: string) => ({
    call: { ...(await main.callOf(id)), ...ownOfEach },
    events: (await main.eventsOf(id)).map((event) => ({ ...event, ...ownOfEach })),
  });
  expect(await comparable(one)).toEqual(await comparable(other));
});

const ownOfEach = {
  id: '',
  batch_id: '',
  call_id: '',
  sequence: 0,
  created_at: 0,
  completed_at: 0,
  cancel_requested_at: 0,
};

test('waiting in a batch is no time in the queue: that is counted from the release', async () => {
  const batchId = await accept({ calls: 2, maxConcurrent: 1 });
  await main.pool.query(`update calls set created_at = now() - interval '3 days' where batch_id = $1`, [batchId]);
  await advance(batchId);
  await endExpiredCalls(main.changing);
  expect((await callsOf(batchId)).map(({ status }) => status)).toEqual(['pending', 'pending']);
  await main.arrange((await callsOf(batchId))[0]?.id ?? '', `queued_at = now() - interval '2 days'`);
  await endExpiredCalls(main.changing);
  expect((await callsOf(batchId)).map(({ status }) => status)).toEqual(['failed', 'pending']);
});

test('one call of it can be cancelled while it waits, and the others go on', async () => {
  const batchId = await accept({ calls: 3, maxConcurrent: 1 });
  await advance(batchId);
  const calls = await callsOf(batchId);
  expect(await main.cancel(calls[1]?.id ?? '')).toBe('cancelled');
  await complete(calls[0]?.id ?? '');
  await advance(batchId);
  expect((await running(batchId)).map(({ place }) => place)).toEqual([2]);
});

test('the internal API waits until a call has ended, and answers at once when the batch is over', async () => {
  const api: InternalApi = await startInternalApi(main);
  try {
    const batchId = await accept({ calls: 2, maxConcurrent: 1 });
    const ask = () =>
      api
        .ask(`/internal/batches/${batchId}/advance`, { method: 'POST', json: { waitSeconds: 20 } })
        .then(async (answer) => [answer.status, await answer.json()] as const);
    const asked = ask();
    for (const place of [0, 1]) {
      const [call] = await until(
        () => running(batchId),
        (calls) => calls[0]?.place === place,
      );
      await complete(call?.id ?? '');
    }
    expect(await asked).toEqual([200, { isOver: true, released: 2 }]);
    expect(await ask()).toEqual([200, { isOver: true, released: 2 }]);
    const unknown = await api.ask('/internal/batches/bat_01k3x5c5jyfvhbqm6w8r9c4r3n/advance', {
      method: 'POST',
      json: { waitSeconds: 0 },
    });
    expect(unknown.status).toBe(404);
  } finally {
    await api.close();
  }
});

test('an internal API that stops ends the questions that wait', async () => {
  const api = await startInternalApi(main);
  const batchId = await accept({ calls: 1 });
  const asked = api.ask(`/internal/batches/${batchId}/advance`, { method: 'POST', json: { waitSeconds: 20 } });
  await until(
    () => running(batchId),
    (calls) => calls.length === 1,
  );
  await api.close();
  expect((await asked).status).toBe(200);
});
