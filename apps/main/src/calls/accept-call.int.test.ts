import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { callSchema } from '@darkroom/contract';
import { definition as nanobanana2 } from '@darkroom/integrations-nanobanana2';
import { expectNoLeakedProcesses, startTestMiddleware, type TestMiddleware } from '@darkroom/testing';
import { courseOf, goodBody, type PublicApi, startPublicApi } from '../../test/public-api.ts';
import { until } from '../../test/until.ts';
import { createIntegrationCatalog } from '../integrations/integration-catalog.ts';

let middleware: TestMiddleware;
let connectionString: string;
let api: PublicApi;
let wakes = 0;

beforeAll(async () => {
  middleware = await startTestMiddleware({ postgres: true });
  connectionString = await middleware.postgres.createDatabase();
  api = await startPublicApi(connectionString, { wakeDispatcher: () => void (wakes += 1) });
});
afterAll(async () => {
  await api.close();
  await middleware.stop();
  await expectNoLeakedProcesses();
});

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

describe('an Idempotency-Key', () => {
  test('answers the same call for the same body, whatever has become of it', async () => {
    const first = await api.submit({ headers: keyed('same') });
    const reordered = {
      input: goodBody.input,
      metadata: {},
      operation: goodBody.operation,
      integration: goodBody.integration,
    };
    const second = await api.submit({ headers: keyed('same'), body: reordered });
    const { processing, completed } = courseOf(first.body.id);
    await api.change(first.body.id, [processing, completed]);
    const third = await api.submit({ headers: keyed('same') });

    expect([second.status, third.status]).toEqual([202, 202]);
    expect([second.body.id, third.body.id]).toEqual([first.body.id, first.body.id]);
    expect(third.body.status).toBe('completed');
  });

  test('refuses another body with 422', async () => {
    await api.submit({ headers: keyed('other') });
    const callsBefore = await api.countRows('calls');
    const refusal = await api.refused({ headers: keyed('other'), body: { ...goodBody, input: { prompt: 'another' } } });

    expect(refusal).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
    expect(await api.countRows('calls')).toBe(callsBefore);
  });

  test('answers its call although a new one like it would be refused by now', async () => {
    const body = goodBody;
    const first = await api.submit({ headers: keyed('before the change'), body });
    const changed = await startPublicApi(connectionString, {
      catalog: createIntegrationCatalog({ definitions: [nanobanana2], enabled: [], overrules: {} }),
    });
    try {
      const repeat = await changed.submit({ headers: keyed('before the change'), body });
      const another = { ...goodBody, input: { prompt: 'another' } };
      const refusals = await Promise.all([
        changed.refused({ body }),
        changed.refused({ headers: keyed('after the change'), body }),
        changed.refused({ headers: keyed('before the change'), body: another }),
        changed.refused({ headers: keyed('before the change'), body, account: 'beta' }),
      ]);

      expect([repeat.status, repeat.body.id]).toEqual([202, first.body.id]);
      expect(refusals.map((refusal) => refusal.body.code)).toEqual(refusals.map(() => 'integration_disabled'));
    } finally {
      await changed.close();
    }
  });

  test("means nothing to another account's", async () => {
    const [mine, theirs] = [
      await api.submit({ headers: keyed('ours') }),
      await api.submit({ headers: keyed('ours'), account: 'beta' }),
    ];

    expect(theirs.status).toBe(202);
    expect(theirs.body.id).not.toBe(mine.body.id);
  });

  test('makes one call of 50 equal requests at once', async () => {
    const callsBefore = await api.countRows('calls');
    const wakesBefore = wakes;
    const answers = await Promise.all(Array.from({ length: 50 }, () => api.submit({ headers: keyed('fifty') })));

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(await api.countRows('calls')).toBe(callsBefore + 1);
    expect(wakes).toBe(wakesBefore + 1);
  });

  test('answers 409 with Retry-After after two seconds while the first is still being accepted', async () => {
    const { refusal, waitedMs } = await api.inSession(async (other) => {
      await other.query('begin');
      await other.query(
        "insert into idempotency_keys (account_id, key, body_sha256, call_id) values ('alpha', 'held', '', 'x')",
      );
      const startedAt = Date.now();
      const answer = await api.refused({ body: goodBody, headers: keyed('held') });
      return { refusal: answer, waitedMs: Date.now() - startedAt };
    });

    expect(refusal).toMatchObject({ status: 409, body: { code: 'idempotency_key_in_progress', retryable: true } });
    expect(refusal.headers.get('retry-after')).toBe('1');
    expect(waitedMs).toBeGreaterThan(1_900);
    expect((await api.submit({ headers: keyed('held') })).status).toBe(202);
  });

  test('waits for the first and answers its call where that is accepted in time', async () => {
    const first = await api.submit({ headers: keyed('first') });
    const second = await api.inSession(async (other) => {
      await other.query('begin');
      await other.query(
        `insert into idempotency_keys (account_id, key, body_sha256, call_id)
         select account_id, 'slow', body_sha256, call_id from idempotency_keys where key = 'first'`,
      );
      const waiting = api.submit({ headers: keyed('slow') });
      await until(countLockWaits, (count) => count > 0);
      await other.query('commit');
      return waiting;
    });

    expect(second.body.id).toBe(first.body.id);
  });
});

test('numbers the events of 100 calls accepted at once without a gap', async () => {
  const before = await lastSequence('beta');
  await Promise.all(Array.from({ length: 100 }, () => api.submit({ account: 'beta' })));
  const events = await api.events(`/v1/events?after=${before}&limit=1000`, { account: 'beta' });

  expect(events.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 100 }, (_, index) => before + 1 + index));
});

test('answers 503 with Retry-After where the account stays locked, and accepts nothing', async () => {
  const callsBefore = await api.countRows('calls');
  const refusal = await api.inSession(async (other) => {
    await other.query("begin; update accounts set last_sequence = last_sequence where id = 'alpha'");
    return api.refused({ body: goodBody });
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

async function countLockWaits(): Promise<number> {
  const { rows } = await api.pool.query<{ count: number }>(
    "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
  );
  return rows[0]?.count ?? 0;
}
