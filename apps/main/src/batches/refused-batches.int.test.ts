import { expect, test } from '@jest/globals';
import { asLines, callsNumbered, countAccepted, ndjson, submitBatch } from '../../test/batch-bodies.ts';
import { goodBody } from '../../test/public-api.ts';
import { setUpPublicApi } from '../../test/set-up-public-api.ts';
import { until } from '../../test/until.ts';

const api = setUpPublicApi();

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
  const [batches, calls, events] = await countAccepted(api);
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
  expect(await countAccepted(api)).toEqual([batches, calls, events]);
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

test('a call that would be cancelled before its batch begins is refused, as one that stands alone is', async () => {
  const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
  const request = { type: 'image', prompt: 'a tree', provider: 'nanobanana2' };
  const calls = [
    { ...goodBody, cancelAfter: inHours(3) },
    { ...goodBody, cancelAfter: inHours(1) },
    { ...request, cancelAfter: inHours(2) },
  ];
  const refused = await api.refused({ path: '/v1/batches', body: { startAt: calls[2]?.cancelAfter, calls } });
  expect(refused.body.errors).toEqual(
    [1, 2].map((index) => ({
      path: `/calls/${index}/cancelAfter`,
      message: 'must be later than the start of the batch',
    })),
  );
  expect((await submitBatch(api, { body: { startAt: inHours(0.5), calls } })).status).toBe(202);
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
});
