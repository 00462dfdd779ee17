import { describe, expect, test } from '@jest/globals';
import { callSchema } from '@darkroom/contract';
import { courseOf, goodBody } from '../../test/public-api.ts';
import { setUpPublicApi } from '../../test/set-up-public-api.ts';
import { until } from '../../test/until.ts';

let wakes = 0;
const api = setUpPublicApi(() => ({ wakeDispatcher: () => void (wakes += 1) }));

const keyed = (key: string) => ({ 'idempotency-key': key });

test('accepts a call with 202, its address and its first event, and wakes the dispatcher', async () => {
  const wakesBefore = wakes;
  const accepted = await api.submit({ body: { ...goodBody, metadata: { order: '7' } } });

  expect(accepted.status).toBe(202);
  expect(accepted.headers.get('location')).toBe(accepted.body.urls.self);
  expect(callSchema.strict().parse(accepted.body)).toMatchObject({
    status: 'pending',
    ...goodBody,
    waitingFor: 'engine',
    progress: { currentStep: 'queued', completedSteps: [] },
    submissions: { claimed: 0, accepted: 0, refused: 0, unknown: 0 },
    simulated: true,
    metadata: { order: '7' },
    workflowId: accepted.body.id,
  });
  expect(wakes).toBe(wakesBefore + 1);
  expect((await api.request(new URL(accepted.body.urls.self).pathname)).body).toEqual(accepted.body);
  expect(await api.events(new URL(accepted.body.urls.events).pathname)).toMatchObject([
    {
      callSequence: 1,
      callId: accepted.body.id,
      type: 'call.accepted',
      status: 'pending',
      data: { integration: 'nanobanana2', simulated: true },
    },
  ]);
});

test('keeps when a cancel is to be requested, and shows it', async () => {
  const cancelAfter = new Date(Date.now() + 3_600_000).toISOString();
  const body = { ...goodBody, cancelAfter };
  const accepted = await api.submit({ headers: keyed('with a time'), body });
  const repeated = await api.submit({ headers: keyed('with a time'), body });
  const another = await api.refused({ headers: keyed('with a time'), body: goodBody });

  expect(callSchema.strict().parse(accepted.body)).toMatchObject({ status: 'pending', cancelAfter });
  expect(repeated.body).toEqual(accepted.body);
  expect(another).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
});

test('accepts a call now that is to start later, and says when and that it waits for that time', async () => {
  const startAt = new Date(Date.now() + 3_600_000).toISOString();
  const atTime = await api.submit({ body: { ...goodBody, startAt } });
  const delayed = await api.submit({ body: { ...goodBody, delaySeconds: 3600 } });
  const past = await api.submit({ body: { ...goodBody, startAt: '2020-01-01T00:00:00Z' } });

  expect(callSchema.strict().parse(atTime.body)).toMatchObject({
    status: 'pending',
    startAt,
    waitingFor: 'start_time',
  });
  expect((await api.request(new URL(atTime.body.urls.self).pathname)).body).toEqual(atTime.body);
  const { createdAt, startAt: delayedUntil } = delayed.body;
  expect(Date.parse(delayedUntil ?? '') - Date.parse(createdAt)).toBeGreaterThan(3_590_000);
  expect(past.body).toMatchObject({ waitingFor: 'engine' });
  expect(past.body).not.toHaveProperty('startAt');
});

test('numbers the events of 100 calls accepted at once without a gap', async () => {
  const before = await lastSequence('beta');
  await Promise.all(Array.from({ length: 100 }, () => api.submit({ account: 'beta' })));
  const events = await api.events(`/v1/events?after=${before}&limit=1000`, { account: 'beta' });

  expect(events.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 100 }, (_, index) => before + 1 + index));
});

test('answers 503 with Retry-After where the account stays locked, and accepts nothing', async () => {
  const impatient = await api.startImpatient();
  api.endLater(() => impatient.close());
  const callsBefore = await api.countRows('calls');
  const refusal = await api.inSession(async (other) => {
    await other.query("begin; update accounts set last_sequence = last_sequence where id = 'alpha'");
    return impatient.refused({ body: goodBody });
  });

  expect(refusal).toMatchObject({ status: 503, body: { code: 'overloaded', retryable: true } });
  expect(refusal.headers.get('retry-after')).not.toBeNull();
  expect(await api.countRows('calls')).toBe(callsBefore);
});

describe('Prefer: wait', () => {
  test('answers 200 with the finished call where it finishes in time', async () => {
    const waiting = api.submit({ headers: { prefer: 'respond-async, wait=30', ...keyed('preferred') } });
    const callId = await until(
      () => callOfKey('preferred'),
      (id) => id !== undefined,
    );
    const { processing, completed } = courseOf(callId ?? '');
    await api.change(callId ?? '', [processing, completed]);
    const answer = await waiting;

    expect(answer).toMatchObject({ status: 200, body: { id: callId, status: 'completed' } });
    expect(answer.headers.get('preference-applied')).toBe('wait=30');
  });

  test('answers 202 where the call does not finish in time', async () => {
    const answer = await api.submit({ headers: { prefer: 'wait=1' } });

    expect(answer).toMatchObject({ status: 202, body: { status: 'pending' } });
    expect(answer.headers.get('preference-applied')).toBe('wait=1');
  });

  test('is passed over where it cannot be read', async () => {
    const answer = await api.submit({ headers: { prefer: 'wait=soon' } });

    expect(answer.status).toBe(202);
    expect(answer.headers.get('preference-applied')).toBeNull();
  });
});

async function lastSequence(accountId: string): Promise<number> {
  const row = await api.database
    .selectFrom('accounts')
    .select('last_sequence')
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow();
  return row.last_sequence;
}

async function callOfKey(key: string): Promise<string | undefined> {
  const row = await api.database
    .selectFrom('idempotency_keys')
    .select('call_id')
    .where('key', '=', key)
    .executeTakeFirst();
  return row?.call_id;
}
