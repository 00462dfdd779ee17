import { expect, test } from '@jest/globals';
import { batchEndTypes } from '@darkroom/contract';
import { type InternalApi, startInternalApi } from '../../test/internal-api.ts';
import { completed, testArtifact } from '../../test/internal-side.ts';
import { hook, notifyingSide } from '../../test/notifying-side.ts';
import { setUpBatches } from '../../test/set-up-batches.ts';
import { until } from '../../test/until.ts';
import { endExpiredCalls } from '../dispatch/end-expired-calls.ts';

const batches = setUpBatches();
const { accept, advance, callsOf, complete, fail, releasedOf, rowOf, logOf, running } = batches;

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

test('sequential: one call after the other, in their order, and the next only when the one before has ended', async () => {
  const batchId = await accept({ calls: 4, strategy: 'sequential', maxConcurrent: 1 });
  for (const place of [0, 1, 2, 3]) {
    await Promise.all(Array.from({ length: 3 }, () => advance(batchId)));
    const now = await running(batchId);
    expect(now.map((call) => call.place)).toEqual([place]);
    await (place === 2 ? fail : complete)(now[0]?.id ?? '');
  }
  expect(await advance(batchId)).toEqual({ isOver: true, released: 4 });
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
  await batches.main.cancel(calls[1]?.id ?? '');
  await complete(calls[2]?.id ?? '');
  await Promise.all(Array.from({ length: 8 }, () => advance(batchId)));

  const counts = { total: 3, pending: 0, processing: 0, completed: 1, failed: 1, cancelled: 1 };
  const log = await batches.main.database.selectFrom('events').selectAll().orderBy('sequence').execute();
  expect(log.at(-1)).toMatchObject({ batch_id: batchId, type: 'batch.completed', data: { calls: counts } });
  expect(log.filter(({ type }) => type === 'batch.completed')).toHaveLength(1);
  expect(await rowOf(batchId)).toMatchObject({ status: 'completed', counts, completed_at: expect.any(Date) });
});

test('who subscribed to it is told once, at its end, however many advance it and read the log at once', async () => {
  const batchId = await accept({ calls: 3 }, [hook(batchEndTypes)]);
  await advance(batchId);
  for (const { id } of await callsOf(batchId)) await complete(id);
  await Promise.all(Array.from({ length: 6 }, () => advance(batchId)));
  const side = notifyingSide(batches.main, { retrySeconds: [5], giveUpSeconds: 60 });
  await Promise.all([side.notify(), side.notify(), side.notify()]);
  expect((await side.notifications()).map(({ batch_id, event_type }) => [batch_id, event_type])).toEqual([
    [batchId, 'batch.completed'],
  ]);
});

test('two mains advance it together, and what ends at one of them is noticed at the other although no news come', async () => {
  const another = await batches.main.openAnother();
  const apis = [await startInternalApi(batches.main), await startInternalApi(another)];
  try {
    const batchId = await accept({ calls: 4, maxConcurrent: 2 });
    const ask = { method: 'POST', json: { waitSeconds: 20 } };
    const asked = Promise.all(apis.map((api) => api.ask(`/internal/batches/${batchId}/advance`, ask)));
    let most = 0;
    for (let ended = 0; ended < 4; ended += 1) {
      const [call] = await until(
        () => running(batchId),
        (calls) => calls.length > 0,
      );
      most = Math.max(most, (await running(batchId)).length);
      await another.report(call?.id ?? '', [completed(testArtifact(call?.id ?? ''))]);
    }
    const answers = await Promise.all((await asked).map((answer) => answer.json()));
    expect(answers).toEqual([1, 2].map(() => ({ isOver: true, released: 4 })));
    expect(most).toBeLessThanOrEqual(2);
    expect((await logOf(batchId)).map(({ type }) => type)).toEqual([
      'batch.accepted',
      'batch.processing',
      'batch.completed',
    ]);
  } finally {
    await Promise.all(apis.map((api) => api.close()));
    await another.close();
  }
});

test('waiting in a batch is no time in the queue: that is counted from the release', async () => {
  const batchId = await accept({ calls: 2, maxConcurrent: 1 });
  await batches.main.pool.query(`update calls set created_at = now() - interval '3 days' where batch_id = $1`, [
    batchId,
  ]);
  await advance(batchId);
  await endExpiredCalls(batches.main.changing);
  expect((await callsOf(batchId)).map(({ status }) => status)).toEqual(['pending', 'pending']);
  await batches.main.arrange((await callsOf(batchId))[0]?.id ?? '', `queued_at = now() - interval '2 days'`);
  await endExpiredCalls(batches.main.changing);
  expect((await callsOf(batchId)).map(({ status }) => status)).toEqual(['failed', 'pending']);
});

test('the internal API waits until a call has ended, and answers at once when the batch is over', async () => {
  const api: InternalApi = await startInternalApi(batches.main);
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
  const api = await startInternalApi(batches.main);
  const batchId = await accept({ calls: 1 });
  const asked = api.ask(`/internal/batches/${batchId}/advance`, { method: 'POST', json: { waitSeconds: 20 } });
  await until(
    () => running(batchId),
    (calls) => calls.length === 1,
  );
  await api.close();
  expect((await asked).status).toBe(200);
  // A connection that is kept would hold up the stop for longer.
}, 50_000);
