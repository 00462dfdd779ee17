import { expect, test } from '@jest/globals';
import {
  asLines,
  callsNumbered,
  countAccepted,
  ndjson,
  submitBatch,
  submitBatchInTurn,
} from '../../test/batch-bodies.ts';
import { goodBody } from '../../test/public-api.ts';
import { setUpPublicApi } from '../../test/set-up-public-api.ts';
import { until } from '../../test/until.ts';

const api = setUpPublicApi();

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

test.each([
  ['over 1 MB', { metadata: { a: 'x'.repeat(1024 * 1024) } }],
  ['of more than 20,000 values', { input: { prompt: 'a', more: Array(30_000).fill(1) } }],
  ['nested deeper than 64 levels', { input: JSON.parse(`${'['.repeat(70)}${']'.repeat(70)}`) as unknown }],
])(
  'a batch that has gained a call %s is another one: it is not answered as if all of it had been accepted',
  async (name, more) => {
    const body = { batchId: `gained ${name}`, calls: callsNumbered(1) };
    await submitBatch(api, { body });
    const gained = { ...goodBody, ...more };
    for (const calls of [
      [...body.calls, gained],
      [gained, ...body.calls],
    ]) {
      const refused = await api.refused({ path: '/v1/batches', body: { ...body, calls } });
      expect([refused.status, refused.body.code]).toEqual([422, 'batch_id_reused']);
    }
    expect((await submitBatch(api, { body })).status).toBe(202);
  },
);

test('a storm of retries makes one batch and doubles nothing', async () => {
  const [, callsBefore, eventsBefore] = await countAccepted(api);
  const body = { batchId: 'storm', calls: callsNumbered(500) };
  const answers = await Promise.all(Array.from({ length: 12 }, () => submitBatchInTurn(api, { body })));

  expect(new Set(answers.map(({ status, body: { id } }) => `${status} ${id}`)).size).toBe(1);
  const [, calls, events] = await countAccepted(api);
  expect([(calls ?? 0) - (callsBefore ?? 0), (events ?? 0) - (eventsBefore ?? 0)]).toEqual([500, 501]);
});

test('a batch that is still being accepted answers 409 to the same one, and nothing is lost', async () => {
  const body = { batchId: 'slow', calls: callsNumbered(1) };
  const impatient = await api.startImpatient();
  api.endLater(() => impatient.close());
  await api.inSession(async (session) => {
    await session.query('begin');
    await session.query(
      `insert into batches (id, account_id, batch_key, body_sha256, strategy, max_concurrent, on_failure, metadata, total)
       values ('bat_x', 'alpha', 'slow', '', 'parallel', 1, 'continue', '{}', 0)`,
    );
    const busy = await impatient.refused({ path: '/v1/batches', body });
    expect([busy.status, busy.body.code, busy.headers.get('retry-after')]).toEqual([409, 'batch_in_progress', '1']);
  });
  expect((await submitBatch(api, { body })).status).toBe(202);
});

test('batches that name the same request ids in other orders lock each other out for a moment: one is accepted, the other told why not', async () => {
  const request = (index: number) => ({
    type: 'image',
    prompt: 'a tree',
    provider: 'nanobanana2',
    requestId: `r${index}`,
  });
  const calls = Array.from({ length: 3_000 }, (_, index) => request(index));
  const sendBoth = () =>
    Promise.all([calls, calls.toReversed()].map((each) => api.refused({ path: '/v1/batches', body: { calls: each } })));
  // Where the machine stands still for as long as they wait for each other, both are told to come again.
  const isToComeAgain = ({ body: { code } }: { body: { code: string } }) =>
    ['batch_in_progress', 'overloaded'].includes(code);
  const answers = await until(sendBoth, (both) => !both.every(isToComeAgain));
  const [first, second] = answers.sort((one, other) => one.status - other.status);
  expect(first?.status).toBe(202);
  expect(['invalid_request', 'batch_in_progress', 'overloaded']).toContain(second?.body.code);
});

test('a request id that has made a call, or stands twice in a batch, is refused with its place, also where others have faults', async () => {
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
  const faulty = await api.refused({
    path: '/v1/batches',
    body: {
      calls: [
        { ...goodBody, input: { prompt: '' } },
        { ...request('taken'), prompt: '' },
        request('taken'),
        request('new'),
        { ...goodBody, requestId: 'new' },
      ],
    },
  });
  expect(faulty.body.errors?.map(({ path, message }) => `${path} ${message}`)).toEqual([
    expect.stringContaining('/calls/0/input/prompt'),
    expect.stringContaining('/calls/1/prompt'),
    expect.stringContaining('/calls/4/requestId'),
    '/calls/2/requestId is that of /calls/1 too',
    expect.stringMatching(/^\/calls\/1\/requestId has made call_\w+ before/),
  ]);
  const racing = await Promise.all(
    ['one', 'other'].map((batchId) => submitBatchInTurn(api, { body: { batchId, calls: [request('raced')] } })),
  );
  expect(racing.map(({ status }) => status).sort()).toEqual([202, 422]);
});
