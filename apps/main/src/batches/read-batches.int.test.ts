import { expect, test } from '@jest/globals';
import { type Batch, batchSchema, cancelBatchAnswerSchema, type Call, pageSchema } from '@darkroom/contract';
import { callsNumbered, submitBatch } from '../../test/batch-bodies.ts';
import { courseOf, goodBody } from '../../test/public-api.ts';
import { setUpPublicApi } from '../../test/set-up-public-api.ts';
import { until } from '../../test/until.ts';

const unknown = 'bat_01k3x5c5jyfvhbqm6w8r9c4r3n';
const api = setUpPublicApi();

const submit = async (count: number) => (await submitBatch(api, { body: { calls: callsNumbered(count) } })).body;
const idsOf = async ({ id }: Batch) =>
  (await api.request<{ items: Call[] }>(`/v1/calls?batchId=${id}`)).body.items.map((call) => call.id);
const post = <Body>(path: string, account: 'alpha' | 'beta' = 'alpha') =>
  api.request<Body>(path, { method: 'POST', account });

test('progress is told with counts by status, a version that changes with them, and nothing where it is known', async () => {
  const batch = await submit(3);
  const path = `/v1/batches/${batch.id}`;
  const first = await api.request(path);
  const etag = first.headers.get('etag') ?? '';
  expect((await api.request(path, { headers: { 'if-none-match': etag } })).status).toBe(304);
  const [one, two] = await idsOf(batch);
  await api.change(one ?? '', [courseOf(one ?? '').processing]);
  await api.change(two ?? '', [courseOf(two ?? '').processing, courseOf(two ?? '').completed]);

  const changed = await api.request<Batch>(path, { headers: { 'if-none-match': etag } });
  expect([changed.status, batchSchema.strict().parse(changed.body).calls]).toEqual([
    200,
    { total: 3, pending: 1, processing: 1, completed: 1, failed: 0, cancelled: 0 },
  ]);
});

test('?wait= answers at the next change, and at once where the known version is an older one', async () => {
  const batch = await submit(1);
  const path = `/v1/batches/${batch.id}?wait=30`;
  const [call = ''] = await idsOf(batch);
  const subscriptions = api.countSubscriptions();
  const waiting = api.request<Batch>(path);
  await until(api.countSubscriptions, (count) => count > subscriptions);
  await api.change(call, [courseOf(call).processing, courseOf(call).completed]);
  expect((await waiting).body.calls.completed).toBe(1);
  const known = await api.request<Batch>(path, { headers: { 'if-none-match': '"another"' } });
  expect(known.status).toBe(200);
  expect(api.countSubscriptions()).toBe(subscriptions);
});

test('lists the account’s batches, newest first, page by page, and their calls', async () => {
  const batches = [await submit(1), await submit(2), await submit(3)];
  const read = async (query: string) =>
    pageSchema(batchSchema).parse((await api.request(`/v1/batches?limit=2${query}`)).body);
  const page = await read('');
  const next = await read(`&cursor=${page.nextCursor ?? ''}`);
  expect([...page.items, ...next.items].slice(0, 3).map(({ id, calls }) => [id, calls.total])).toEqual(
    batches.reverse().map(({ id, calls }) => [id, calls.total]),
  );
  expect(await idsOf(batches[0] as Batch)).toHaveLength(3);
  expect((await api.refused({ path: '/v1/batches?cursor=x', method: 'GET' })).status).toBe(422);
});

test('a cancel of the whole is answered with what became of it, and again with already_terminal', async () => {
  const batch = await submit(2);
  const first = await post(`/v1/batches/${batch.id}/cancel`);
  expect(cancelBatchAnswerSchema.parse(first.body)).toMatchObject({
    result: 'cancelled',
    batch: { status: 'cancelled', calls: { total: 2, cancelled: 2 }, cancelRequestedAt: expect.any(String) },
  });
  expect((await post<{ result: string }>(`/v1/batches/${batch.id}/cancel`)).body.result).toBe('already_terminal');
  const call = await api.request<Call>(`/v1/calls/${(await idsOf(batch))[0] ?? ''}`);
  expect([call.body.status, call.body.waitingFor, call.body.startAt]).toEqual(['cancelled', undefined, undefined]);
});

test('a call of a batch that is made again is a call of its own', async () => {
  const batch = await submit(1);
  const [id] = await idsOf(batch);
  await post(`/v1/batches/${batch.id}/cancel`);
  const again = await post<Call>(`/v1/calls/${id ?? ''}/retry`);
  expect([again.status, again.body.retryOf, again.body.batchId, again.body.waitingFor]).toEqual([
    202,
    id,
    undefined,
    'engine',
  ]);
});

test('[P6] an id that is malformed, unknown or another account’s is 404, all alike', async () => {
  const { id } = await submit(1);
  const asked = [
    { batchId: 'nonsense', account: 'alpha' },
    { batchId: unknown, account: 'alpha' },
    { batchId: id, account: 'beta' },
  ] as const;
  const seen = new Set<string>();
  for (const { batchId, account } of asked) {
    const path = `/v1/batches/${batchId}`;
    const answers = [
      await api.request(path, { account }),
      await api.request(`${path}/events`, { account }),
      await post(`${path}/cancel`, account),
    ];
    for (const { status, body } of answers) seen.add(JSON.stringify([status, body]));
  }
  expect(seen.size).toBe(1);
  expect([...seen][0]).toMatch(/^\[404,/);
  expect((await api.request<{ items: Call[] }>(`/v1/calls?batchId=${id}`, { account: 'beta' })).body.items).toEqual([]);
});

test('a batch that begins later says when, and may be followed by its log until then', async () => {
  const { body: batch } = await submitBatch(api, { body: { delaySeconds: 3600, calls: [goodBody] } });
  expect(Date.parse(batch.startAt ?? '') - Date.parse(batch.createdAt)).toBeGreaterThan(3_500_000);
  expect(await api.events(`/v1/batches/${batch.id}/events`)).toMatchObject([{ type: 'batch.accepted' }]);
});
