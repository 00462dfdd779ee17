import { expect, test } from '@jest/globals';
import { failure, type ReportedEvent } from '@darkroom/contract';
import { setUpBatches } from '../../test/set-up-batches.ts';
import { cancelCall } from '../cancel/cancel-call.ts';
import { advanceBatch } from './advance-batch.ts';
import { cancelBatch } from './cancel-batch.ts';

const batches = setUpBatches();
const { accept, advance, callsOf, complete, fail, releasedOf, rowOf, logOf, running } = batches;

const refusal: ReportedEvent = {
  type: 'call.submission_refused',
  data: { attempt: 1, error: failure('provider_rate_limited', 'Slow down.'), retryInSeconds: 60 },
};

test('where a failure stops it: what was not submitted is cancelled unpaid, what was ends by itself, and then it is failed', async () => {
  const batchId = await accept({ calls: 6, maxConcurrent: 4, onFailure: 'stop' });
  await advance(batchId);
  const [one, submitted, refused] = await releasedOf(batchId);
  await batches.main.claim(one?.id ?? '');
  await batches.main.claim(submitted?.id ?? '');
  await batches.main.claim(refused?.id ?? '');
  await batches.main.report(refused?.id ?? '', [refusal]);
  await fail(one?.id ?? '');
  expect(await advance(batchId)).toMatchObject({ isOver: false });
  expect((await callsOf(batchId)).map(({ status }) => status)).toEqual([
    'failed',
    'processing',
    'processing',
    ...Array.from({ length: 3 }, () => 'cancelled'),
  ]);
  const [, , , released] = await callsOf(batchId);
  expect((await batches.main.eventsOf(released?.id ?? '')).map(({ type, data }) => [type, data])).toEqual([
    ['call.accepted', expect.anything()],
    ['call.cancel_requested', { by: 'batch' }],
    ['call.cancelled', { billing: 'not_charged' }],
  ]);
  expect(await batches.main.claim(released?.id ?? '')).toEqual({ decision: 'stop', reason: 'ended' });
  expect(await batches.main.eventTypes(submitted?.id ?? '')).not.toContain('call.cancel_requested');

  await complete(submitted?.id ?? '');
  await complete(refused?.id ?? '');
  expect(await advance(batchId)).toMatchObject({ isOver: true });
  expect((await logOf(batchId)).map(({ type, status }) => [type, status])).toEqual([
    ['batch.accepted', 'pending'],
    ['batch.processing', 'processing'],
    ['batch.cancel_requested', 'processing'],
    ['batch.failed', 'failed'],
  ]);
});

test('where a failure stops it and nothing else was submitted, it ends at once, and a kill in between changes nothing', async () => {
  const batchId = await accept({ calls: 5, maxConcurrent: 3, onFailure: 'stop' });
  await advance(batchId);
  const [one] = await releasedOf(batchId);
  await fail(one?.id ?? '');
  let told = 0;
  const killed = {
    published: () => {
      if ((told += 1) === 2) throw new Error('killed');
    },
  };
  await expect(advanceBatch({ ...batches.advancing, eventBus: killed }, batchId)).rejects.toThrow('killed');
  expect((await rowOf(batchId)).status).toBe('processing');
  expect(await advance(batchId)).toMatchObject({ isOver: true });
  expect((await rowOf(batchId)).counts).toMatchObject({ total: 5, failed: 1, cancelled: 4 });
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

test('where a failure stops it and a cancel finds nothing to cancel, it is failed', async () => {
  const batchId = await accept({ calls: 2, maxConcurrent: 2, onFailure: 'stop' });
  await advance(batchId);
  const [one, other] = await releasedOf(batchId);
  for (const call of [one, other]) await batches.main.claim(call?.id ?? '');
  expect(await cancelBatch(batches.advancing, batchId)).toBe('cancel_requested');
  await fail(one?.id ?? '');
  await complete(other?.id ?? '');
  expect(await advance(batchId)).toMatchObject({ isOver: true });
  expect((await logOf(batchId)).at(-1)).toMatchObject({
    type: 'batch.failed',
    data: { calls: { failed: 1, completed: 1 } },
  });
});

test('a cancel while calls are released and end, by many at once: nothing begins after it, and the end is told once', async () => {
  const batchId = await accept({ calls: 60, maxConcurrent: 10 });
  await advance(batchId);
  const claimed = await Promise.all(
    (await releasedOf(batchId)).slice(0, 5).map(async ({ id }) => (await batches.main.claim(id), id)),
  );
  const [result] = await Promise.all([
    cancelBatch(batches.advancing, batchId),
    ...Array.from({ length: 8 }, () => advance(batchId)),
    ...claimed.slice(0, 2).map(complete),
    cancelBatch(batches.advancing, batchId),
  ]);
  expect(result).toBe('cancel_requested');
  expect((await running(batchId)).map(({ id }) => id).sort()).toEqual(claimed.slice(2).sort());
  await Promise.all([...claimed.slice(2).map(complete), ...Array.from({ length: 8 }, () => advance(batchId))]);
  await Promise.all(Array.from({ length: 4 }, () => advance(batchId)));
  expect((await logOf(batchId)).map(({ type }) => type)).toEqual([
    'batch.accepted',
    'batch.processing',
    'batch.cancel_requested',
    'batch.cancelled',
  ]);
  expect((await rowOf(batchId)).counts).toMatchObject({ completed: 5, cancelled: 55 });
  expect(await batches.sequencesAreGapless()).toBe(true);
});

test('a cancel ends what was not begun unpaid before it answers, and asks what is under way', async () => {
  const batchId = await accept({ calls: 1_200, maxConcurrent: 3 });
  await advance(batchId);
  const [first, second, third] = await releasedOf(batchId);
  await batches.main.claim(first?.id ?? '');
  await batches.main.claim(second?.id ?? '');
  expect(await cancelBatch(batches.advancing, batchId)).toBe('cancel_requested');
  const calls = await callsOf(batchId);
  expect(calls.slice(0, 3).map(({ status }) => status)).toEqual(['processing', 'processing', 'cancelled']);
  expect(calls.slice(3).every(({ status }) => status === 'cancelled')).toBe(true);
  expect(await batches.main.eventTypes(first?.id ?? '')).toContain('call.cancel_requested');
  expect(await batches.main.eventTypes(third?.id ?? '')).toEqual([
    'call.accepted',
    'call.cancel_requested',
    'call.cancelled',
  ]);

  expect(await cancelBatch(batches.advancing, batchId)).toBe('cancel_requested');
  await complete(first?.id ?? '');
  await complete(second?.id ?? '');
  expect(await advance(batchId)).toMatchObject({ isOver: true });
  expect(await cancelBatch(batches.advancing, batchId)).toBe('already_terminal');
  expect(await logOf(batchId)).toMatchObject([
    { type: 'batch.accepted' },
    { type: 'batch.processing' },
    { type: 'batch.cancel_requested', data: { by: 'user' } },
    { type: 'batch.cancelled', data: { calls: { total: 1_200, completed: 2, cancelled: 1_198 } } },
  ]);
  expect(await batches.sequencesAreGapless()).toBe(true);
});

test('a batch that has not begun is cancelled at once, and its workflow finds nothing to do', async () => {
  const batchId = await accept({ calls: 2 });
  expect(await cancelBatch(batches.advancing, batchId)).toBe('cancelled');
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
  await batches.main.claim(first?.id ?? '');
  await batches.main.pool.query(`update batches set cancel_requested_at = now(), stopped_by = 'user' where id = $1`, [
    batchId,
  ]);
  await advance(batchId);

  expect(await batches.main.eventTypes(first?.id ?? '')).toContain('call.cancel_requested');
  expect((await callsOf(batchId)).slice(1).every(({ status }) => status === 'cancelled')).toBe(true);
});

test('a call that its batch cancels ends as one that is cancelled by itself', async () => {
  const [ofBatch, byItself] = [await accept({ calls: 1 }), await accept({ calls: 1 })];
  const [one, other] = [(await callsOf(ofBatch))[0]?.id ?? '', (await callsOf(byItself))[0]?.id ?? ''];
  await cancelBatch(batches.advancing, ofBatch);
  await cancelCall(batches.advancing, { callId: other, by: 'batch' });

  const comparable = async (id: string) => ({
    call: { ...(await batches.main.callOf(id)), ...ownOfEach },
    events: (await batches.main.eventsOf(id)).map((event) => ({ ...event, ...ownOfEach })),
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

test('one call of it can be cancelled while it waits, and the others go on', async () => {
  const batchId = await accept({ calls: 3, maxConcurrent: 1 });
  await advance(batchId);
  const calls = await callsOf(batchId);
  expect(await batches.main.cancel(calls[1]?.id ?? '')).toBe('cancelled');
  await complete(calls[0]?.id ?? '');
  await advance(batchId);
  expect((await running(batchId)).map(({ place }) => place)).toEqual([2]);
});
