import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { batchSchema, type Call } from '@darkroom/contract';
import { expectNoLeakedProcesses, startTestMiddleware, type TestMiddleware } from '@darkroom/testing';
import { asLines, callsNumbered, ndjson, submitBatch } from '../../test/batch-bodies.ts';
import { goodBody, type PublicApi, startPublicApi } from '../../test/public-api.ts';
import { until } from '../../test/until.ts';

let middleware: TestMiddleware;
let api: PublicApi;
let wakes = 0;

beforeAll(async () => {
  middleware = await startTestMiddleware({ postgres: true });
  api = await startPublicApi(await middleware.postgres.createDatabase(), {
    wakeBatchStarter: () => void (wakes += 1),
  });
});
afterAll(async () => {
  await api.close();
  await middleware.stop();
  await expectNoLeakedProcesses();
});

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

const faulty = () => {
  const calls: unknown[] = callsNumbered(20);
  calls[2] = { ...goodBody, integration: 'midday' };
  calls[3] = { ...goodBody, input: { prompt: 'x'.repeat(300 * 1024) } };
  calls[9] = 'a call?';
  calls[12] = { ...goodBody, startAt: '2099-01-01T00:00:00Z', delaySeconds: 3 };
  calls[17] = { ...goodBody, input: { prompt: '' }, colour: 'red' };
  calls[19] = { ...goodBody, input: { prompt: 'NUL \0' } };
  return { strategy: 'sequential', maxConcurrent: 3, calls };
};

test.each([
  ['JSON', { body: faulty() }],
  ['NDJSON, counted like the calls of JSON', { text: asLines(faulty()), headers: ndjson }],
])('accepts all or none, with the path of each fault: %s', async (_name, options) => {
  const [batches, calls, events] = await countAll();
  const { status, body } = await api.refused({ path: '/v1/batches', ...options });

  expect([status, body.code]).toEqual([422, 'invalid_request']);
  expect(body.errors?.map(({ path }) => path)).toEqual([
    '/maxConcurrent',
    '/calls/2/integration',
    '/calls/3/input',
    '/calls/9',
    '/calls/12/startAt',
    '/calls/12/delaySeconds',
    '/calls/17/colour',
    '/calls/17/input/prompt',
    '/calls/19/input/prompt',
  ]);
  expect(await countAll()).toEqual([batches, calls, events]);
});

const countAll = () => Promise.all((['batches', 'calls', 'events'] as const).map((table) => api.countRows(table)));

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

test.each([
  ['no calls', { calls: [] }, 422, '/calls'],
  ['calls that are no list', { calls: {} }, 422, '/calls'],
  ['no object', [], 422, ''],
  ['an unknown setting', { calls: callsNumbered(1), speed: 'fast' }, 422, '/speed'],
  ['too many at once', { calls: callsNumbered(1), maxConcurrent: 1001 }, 422, '/maxConcurrent'],
  [
    'two times to begin',
    { calls: callsNumbered(1), startAt: '2099-01-01T00:00:00Z', delaySeconds: 1 },
    422,
    '/delaySeconds',
  ],
  ['more than 10,000 calls', { calls: Array.from({ length: 10_001 }, () => ({})) }, 422, '/calls'],
])('refuses %s', async (_name, body, status, path) => {
  const refusal = await api.refused({ path: '/v1/batches', body });
  expect([refusal.status, refusal.body.errors?.[0]?.path]).toEqual([status, path]);
});

test.each([
  ['lines that are not JSON', '{}\n{"integration":', 400, 'malformed_request', /Line 2/],
  [
    'calls in the first line',
    asLines({ calls: [] }).replace('{}', '{"calls":[]}'),
    400,
    'malformed_request',
    /first line/,
  ],
  ['a first line that is no object', '7\n{}', 400, 'malformed_request', /first line/],
  ['the prototype of an object', '{}\n{"__proto__":{"a":1}}', 400, 'malformed_request', /Line 2/],
])('refuses NDJSON with %s', async (_name, text, status, code, detail) => {
  const refusal = await api.refused({ path: '/v1/batches', text, headers: ndjson });
  expect([refusal.status, refusal.body.code]).toEqual([status, code]);
  expect(refusal.body.detail).toMatch(detail);
});

test('takes 32 MB, where other routes take 1 MB, and says what to do with more and with other types', async () => {
  const call = { ...goodBody, input: { prompt: 'a tree' }, metadata: { note: 'x'.repeat(900) } };
  const large = await submitBatch(api, { body: { calls: Array.from({ length: 9_000 }, () => call) } });
  expect([large.status, large.body.calls.total]).toEqual([202, 9_000]);
  const tooLarge = await api.refused({ path: '/v1/batches', text: ' '.repeat(32 * 1024 * 1024 + 1) });
  expect([tooLarge.status, tooLarge.body.detail]).toEqual([413, expect.stringContaining('32 MB')]);
  const elsewhere = await api.refused({ path: '/v1/calls', text: ' '.repeat(1024 * 1024 + 1) });
  expect([elsewhere.status, elsewhere.body.detail]).toEqual([413, expect.stringContaining('1 MB')]);
  for (const type of ['text/csv', 'application/xml', 'text/plain']) {
    const other = await api.refused({ path: '/v1/batches', text: 'a,b', headers: { 'content-type': type } });
    expect([other.status, other.body.detail]).toEqual([415, expect.stringContaining('application/x-ndjson')]);
  }
}, 60_000);

test('batchId is the caller’s own, unique in the account; repeating it answers the first batch, as lines too', async () => {
  const body = { batchId: 'spring', calls: callsNumbered(3) };
  const first = await submitBatch(api, { body });
  const others = await Promise.all([
    submitBatch(api, { body: { ...body, strategy: 'parallel', metadata: {} } }),
    submitBatch(api, { text: asLines(body), headers: ndjson }),
  ]);
  const ofBeta = await submitBatch(api, { account: 'beta', body });

  expect(first.body.batchId).toBe('spring');
  expect(others.map(({ status, body: { id } }) => [status, id])).toEqual([
    [202, first.body.id],
    [202, first.body.id],
  ]);
  expect([ofBeta.status, ofBeta.body.id === first.body.id]).toEqual([202, false]);
  const changed = await api.refused({ path: '/v1/batches', body: { ...body, calls: callsNumbered(4) } });
  expect([changed.status, changed.body.code, changed.body.errors?.[0]?.path]).toEqual([
    422,
    'batch_id_reused',
    '/batchId',
  ]);
  const keyed = await api.refused({ path: '/v1/batches', body, headers: { 'idempotency-key': 'spring' } });
  expect([keyed.status, keyed.body.detail]).toEqual([422, expect.stringContaining('batchId')]);
});

test('a storm of retries makes one batch and doubles nothing', async () => {
  const [, callsBefore, eventsBefore] = await countAll();
  const body = { batchId: 'storm', calls: callsNumbered(500) };
  const answers = await Promise.all(Array.from({ length: 12 }, () => submitBatch(api, { body })));

  expect(new Set(answers.map(({ status, body: { id } }) => `${status} ${id}`)).size).toBe(1);
  const [, calls, events] = await countAll();
  expect([(calls ?? 0) - (callsBefore ?? 0), (events ?? 0) - (eventsBefore ?? 0)]).toEqual([500, 501]);
}, 60_000);

test('a batch that is still being accepted answers 409 to the same one, and nothing is lost', async () => {
  const body = { batchId: 'slow', calls: callsNumbered(1) };
  await api.inSession(async (session) => {
    await session.query('begin');
    await session.query(
      `insert into batches (id, account_id, batch_key, body_sha256, strategy, max_concurrent, on_failure, metadata, total)
       values ('bat_x', 'alpha', 'slow', '', 'parallel', 1, 'continue', '{}', 0)`,
    );
    const busy = await api.refused({ path: '/v1/batches', body });
    expect([busy.status, busy.body.code, busy.headers.get('retry-after')]).toEqual([409, 'batch_in_progress', '1']);
  });
  expect((await submitBatch(api, { body })).status).toBe(202);
});

test('others are answered while 10,000 calls are read', async () => {
  const metadata = { one: 'x'.repeat(1000), two: 'y'.repeat(1000) };
  const input = { prompt: 'a tree', aspectRatio: 'wide' };
  const body = { calls: Array.from({ length: 10_000 }, () => ({ ...goodBody, input, metadata })) };
  let isAnswered = false;
  const refused = api.refused({ path: '/v1/batches', body }).finally(() => (isAnswered = true));
  let polls = 0;
  await until(
    async () => {
      await api.request('/healthz');
      polls += 1;
      return isAnswered;
    },
    (answered) => answered,
    60,
  );
  expect((await refused).body.errors).toHaveLength(10_000);
  expect(polls).toBeGreaterThan(8);
}, 90_000);

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
  expect(refused.body.errors?.map(({ path }) => path)).toEqual(['/calls/1/prompt', '/calls/2/startAt']);
  expect((await submitBatch(api, { body })).body.id).toBe(batch.id);
});

test('a request id that has made a call, or stands twice in a batch, is refused with its place', async () => {
  const request = (requestId: string) => ({ type: 'image', prompt: 'a tree', provider: 'nanobanana2', requestId });
  await submitBatch(api, { body: { calls: [request('taken')] } });
  const refused = await api.refused({
    path: '/v1/batches',
    body: { calls: [request('new'), request('taken'), request('new')] },
  });
  expect(refused.body.errors).toEqual([
    { path: '/calls/2/requestId', message: 'is that of /calls/0 too' },
    { path: '/calls/1/requestId', message: expect.stringMatching(/has made call_\w+ before/) },
  ]);
  const racing = await Promise.all(
    ['one', 'other'].map((batchId) => submitBatch(api, { body: { batchId, calls: [request('raced')] } })),
  );
  expect(racing.map(({ status }) => status).sort()).toEqual([202, 422]);
});
