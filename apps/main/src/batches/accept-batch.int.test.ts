import { expect, test } from '@jest/globals';
import { batchSchema, type Call, createId } from '@darkroom/contract';
import { asLines, callsNumbered, ndjson, submitBatch } from '../../test/batch-bodies.ts';
import { goodBody } from '../../test/public-api.ts';
import { setUpPublicApi } from '../../test/set-up-public-api.ts';

let wakes = 0;
const api = setUpPublicApi(() => ({ wakeBatchStarter: () => void (wakes += 1) }));

const callsOf = async (batchId: string, query = '') =>
  (await api.request<{ items: Call[]; nextCursor: string | null }>(`/v1/calls?batchId=${batchId}&limit=100${query}`))
    .body;

test('accepts a batch with 202, its address and its counts, and its calls wait for their turn in it', async () => {
  const wakesBefore = wakes;
  const body = { maxConcurrent: 2, metadata: { shelf: '7' }, calls: callsNumbered(3) };
  const accepted = await submitBatch(api, { body });

  expect(accepted.status).toBe(202);
  expect(accepted.headers.get('location')).toBe(accepted.body.urls.self);
  expect(batchSchema.strict().parse(accepted.body)).toMatchObject({
    status: 'pending',
    strategy: 'parallel',
    maxConcurrent: 2,
    onFailure: 'continue',
    calls: { total: 3, pending: 3, processing: 0, completed: 0, failed: 0, cancelled: 0 },
    metadata: { shelf: '7' },
    workflowId: accepted.body.id,
  });
  expect(wakes).toBe(wakesBefore + 1);
  expect((await api.request(new URL(accepted.body.urls.self).pathname)).body).toEqual(accepted.body);
  const { items } = await callsOf(accepted.body.id);
  expect(
    items.map(({ batchId, batchPosition, status, waitingFor, startAt, input }) => [
      batchId,
      batchPosition,
      status,
      waitingFor,
      startAt,
      input,
    ]),
  ).toEqual(
    [2, 1, 0].map((place) => [accepted.body.id, place, 'pending', 'batch', undefined, { prompt: `number ${place}` }]),
  );
});

test('one transaction writes the batch, its calls and an event of each, gapless and in their order', async () => {
  const before = await api.events('/v1/events?limit=1000', { account: 'beta' });
  const { body: batch } = await submitBatch(api, { account: 'beta', body: { calls: callsNumbered(4) } });
  const log = await api.events(`/v1/events?limit=1000&after=${before.length}`, { account: 'beta' });
  const { items } = (await api.request<{ items: Call[] }>(`/v1/calls?batchId=${batch.id}`, { account: 'beta' })).body;

  expect(log.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5].map((number) => before.length + number));
  expect(log).toMatchObject([
    { type: 'batch.accepted', batchId: batch.id, status: 'pending', data: { calls: batch.calls } },
    ...items.reverse().map(({ id }) => ({ type: 'call.accepted', callId: id, callSequence: 1, status: 'pending' })),
  ]);
  expect(await api.events(`/v1/batches/${batch.id}/events`, { account: 'beta' })).toEqual([log[0]]);
});

test('takes NDJSON: the settings first, then a line for each call, with empty lines between', async () => {
  const body = { strategy: 'sequential', onFailure: 'stop', calls: callsNumbered(2) };
  const { status, body: batch } = await submitBatch(api, {
    text: `${asLines(body).replace('\n', '\n\n')}\r\n`,
    headers: ndjson,
  });

  expect([status, batch.strategy, batch.maxConcurrent, batch.onFailure]).toEqual([202, 'sequential', 1, 'stop']);
  expect((await callsOf(batch.id)).items.map(({ input }) => input)).toEqual([
    { prompt: 'number 1' },
    { prompt: 'number 0' },
  ]);
});

test('takes more than the 1 MB of other routes, and says which types it takes', async () => {
  const call = { ...goodBody, metadata: { note: 'x'.repeat(900) } };
  const large = await submitBatch(api, { body: { calls: Array.from({ length: 2_000 }, () => call) } });
  expect([large.status, large.body.calls.total]).toEqual([202, 2_000]);
  const elsewhere = await api.refused({ path: '/v1/calls', text: ' '.repeat(1024 * 1024 + 1) });
  expect([elsewhere.status, elsewhere.body.detail]).toEqual([413, expect.stringContaining('1 MB')]);
  for (const type of ['text/csv', 'application/xml', 'text/plain']) {
    const other = await api.refused({ path: '/v1/batches', text: 'a,b', headers: { 'content-type': type } });
    expect([other.status, other.body.detail]).toEqual([415, expect.stringContaining('application/x-ndjson')]);
  }
});

test('calls may name uploads of their account, and others are told at their places', async () => {
  const upload = async (accountId: string) => {
    const id = createId('upl');
    const facts = {
      content_type: 'image/png',
      width: 8,
      height: 8,
      duration_seconds: null,
      bytes: 9,
      sha256: 'a'.repeat(64),
    };
    await api.database
      .insertInto('uploads')
      .values({ id, account_id: accountId, ...facts })
      .execute();
    return id;
  };
  const [one, other, ofBeta] = [await upload('alpha'), await upload('alpha'), await upload('beta')];
  const naming = (...uploadIds: string[]) => ({
    integration: 'nanobanana2',
    operation: 'image-to-image',
    input: { prompt: 'more light', images: uploadIds.map((uploadId) => ({ uploadId })) },
  });
  const calls = Array.from({ length: 300 }, (_, index) => naming(index % 2 === 0 ? one : other));
  const accepted = await submitBatch(api, { body: { calls: [...calls, naming(one, other)] } });
  expect([accepted.status, accepted.body.calls?.total]).toEqual([202, 301]);
  const [last] = (await callsOf(accepted.body.id)).items;
  expect(last?.input).toMatchObject({ images: [{ uploadId: one }, { uploadId: other }] });

  const nobodys = createId('upl');
  const refused = await api.refused({
    path: '/v1/batches',
    body: { calls: [naming(one), naming(one, ofBeta), goodBody, naming(nobodys)] },
  });
  expect(refused.body.errors?.map(({ path }) => path)).toEqual([
    '/calls/1/input/images/1/uploadId',
    '/calls/3/input/images/0/uploadId',
  ]);
});

test('an item may be a request that names no provider, with its faults at its own fields', async () => {
  const request = {
    type: 'image',
    prompt: 'a tree',
    provider: 'nanobanana2',
    steps: 5,
    requestId: 'tree-1',
    userId: 'u',
  };
  const body = { batchId: 'with requests', calls: [goodBody, request] };
  const { status, body: batch } = await submitBatch(api, { body });
  const { items } = await callsOf(batch.id);

  expect([status, items[0]?.integration, items[0]?.batchPosition]).toEqual([202, 'nanobanana2', 1]);
  expect(items[0]?.request).toMatchObject({ type: 'image', requestId: 'tree-1', userId: 'u' });
  expect(items[0]?.request?.notHonoured.map(({ field }) => field)).toContain('steps');
  const refused = await api.refused({
    path: '/v1/batches',
    body: {
      calls: [
        goodBody,
        { ...request, prompt: '', requestId: 'tree-2' },
        { ...request, startAt: '2099-01-01T00:00:00Z' },
      ],
    },
  });
  expect(refused.body.errors?.map(({ path }) => path)).toEqual([
    '/calls/1/prompt',
    '/calls/2/startAt',
    '/calls/2/requestId',
  ]);
  expect((await submitBatch(api, { body })).body.id).toBe(batch.id);
});
