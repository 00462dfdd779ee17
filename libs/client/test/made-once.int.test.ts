import { describe, expect, test } from '@jest/globals';
import { createDarkroom } from '../src/index.ts';
import { setUpAsking, wish } from './set-up-asking.ts';
import { json, type TestRequest } from './test-api.ts';
import { callEvent, callIds } from './test-events.ts';

const [callId] = callIds;
const { api, darkroom, sentTo } = setUpAsking();

const keysOf = (path: string) => sentTo(path).map(({ headers }) => headers['idempotency-key']);

/** Makes one thing for each key, and loses the first answers: what was asked for was made all the same. */
function loseAnswers(path: string, { lost, keyOf }: { lost: number; keyOf: (request: TestRequest) => unknown }) {
  const made = new Map<unknown, { id: string; status: string }>();
  let requests = 0;
  api.intercept((request, response) => {
    if (request.path !== path) return 'pass';
    const key = keyOf(request);
    made.set(key, made.get(key) ?? { id: `made_${made.size + 1}`, status: 'pending' });
    requests += 1;
    if (requests <= lost) response.destroy();
    else json(response, 202, made.get(key));
    return 'answered';
  });
  return made;
}

describe('a retry after a lost answer', () => {
  const ofHeader = ({ headers }: TestRequest) => headers['idempotency-key'];

  test('never creates a second call', async () => {
    const made = loseAnswers('/v1/calls', { lost: 2, keyOf: ofHeader });

    expect(await darkroom.calls.create(wish)).toEqual({ id: 'made_1', status: 'pending' });
    expect(made.size).toBe(1);
    expect(sentTo('/v1/calls').map(({ body }) => JSON.parse(body) as unknown)).toEqual([wish, wish, wish]);
  });

  test('never creates a second call of a request, nor of a retry', async () => {
    const made = loseAnswers('/v1/requests', { lost: 1, keyOf: ofHeader });
    await darkroom.requests.create({ type: 'image', prompt: 'a lighthouse' });
    const retried = loseAnswers(`/v1/calls/${callId}/retry`, { lost: 1, keyOf: ofHeader });
    await darkroom.calls.retry(callId);

    expect([made.size, retried.size]).toEqual([1, 1]);
  });

  test('never creates a second batch, whose id does what a key does for a call', async () => {
    const made = loseAnswers('/v1/batches', {
      lost: 1,
      keyOf: ({ body }) => (JSON.parse(body) as { batchId: string }).batchId,
    });
    await darkroom.batches.create({ calls: [wish] });

    expect(made.size).toBe(1);
    expect([...made.keys()]).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/)]);
    expect(keysOf('/v1/batches')).toEqual([undefined, undefined]);
  });
});

describe('what may have been made when the client gives up', () => {
  /** Loses every answer of a path; the client loses patience after one, since a pause of a minute is asked for. */
  const refuseLater = (path: string) =>
    api.intercept((request, response) => {
      if (request.method !== 'POST' || request.path !== path) return 'pass';
      response.setHeader('retry-after', '3600');
      json(response, 503, { code: 'database_unavailable', detail: 'Come again.', retryable: true });
      return 'answered';
    });
  const caught = (making: Promise<unknown>) => making.catch((error: unknown) => error);

  test.each<[string, string, () => Promise<unknown>]>([
    ['a call', '/v1/calls', () => darkroom.calls.create(wish)],
    ['a call that is run', '/v1/calls', () => darkroom.calls.run(wish)],
    ['a request', '/v1/requests', () => darkroom.requests.create({ type: 'image', prompt: 'a lighthouse' })],
    ['a request that is run', '/v1/requests', () => darkroom.requests.run({ type: 'image', prompt: 'a lighthouse' })],
    ['a retry', `/v1/calls/${callId}/retry`, () => darkroom.calls.retry(callId)],
  ])('is repeated with the key that its error tells: %s', async (_what, path, make) => {
    refuseLater(path);
    const error = await caught(make());

    const [key] = keysOf(path);
    expect(error).toMatchObject({ code: 'database_unavailable', retryable: true, idempotencyKey: key });
    expect((error as Error).message).toBe(
      `Come again. What was asked for may have been accepted all the same: repeat it with idempotencyKey: '${String(key)}', and it is made and paid once.`,
    );
  });

  test('is repeated with the id that its error tells: a batch', async () => {
    refuseLater('/v1/batches');
    const error = await caught(darkroom.batches.create({ calls: [wish] }));

    const { batchId } = JSON.parse(sentTo('/v1/batches')[0]?.body ?? '') as { batchId: string };
    expect(error).toMatchObject({ batchId, message: expect.stringContaining(`batchId: '${batchId}'`) });
  });

  test('is repeated with its key where a call that was run could not be followed to its end', async () => {
    api.log.append(callEvent(1, 'call.accepted'));
    api.intercept((request, response) => {
      if (request.path !== '/v1/calls') return 'pass';
      json(response, 202, { id: callId });
      return 'answered';
    });
    const impatient = createDarkroom({
      baseUrl: api.url,
      channels: ['polling'],
      polling: { intervalSeconds: 0, times: 1 },
    });
    const error = await caught(impatient.calls.run(wish));

    const [key] = keysOf('/v1/calls');
    expect(error).toMatchObject({ code: 'gave_up_polling', idempotencyKey: key });
    expect((error as Error).message).toContain(`idempotencyKey: '${String(key)}'`);
  });

  test('needs no advice where the key is one’s own, nor where it was refused', async () => {
    refuseLater('/v1/calls');
    expect(await caught(darkroom.calls.create(wish, { idempotencyKey: 'order-7' }))).toMatchObject({
      idempotencyKey: 'order-7',
      message: 'Come again.',
    });
    api.intercept((_request, response) => {
      json(response, 422, { code: 'invalid_request', detail: 'Correct it.', retryable: false });
      return 'answered';
    });
    expect(await caught(darkroom.calls.create(wish))).toMatchObject({ status: 422, message: 'Correct it.' });
  });
});

test('two wishes have two keys, and a key of one’s own is kept', async () => {
  api.intercept((request, response) => {
    if (request.path !== '/v1/calls') return 'pass';
    json(response, 202, { id: callId });
    return 'answered';
  });
  await darkroom.calls.create(wish);
  await darkroom.calls.create(wish);
  await darkroom.calls.create(wish, { idempotencyKey: 'order-7' });

  const keys = keysOf('/v1/calls');
  expect(new Set(keys).size).toBe(3);
  expect(keys[2]).toBe('order-7');
});
