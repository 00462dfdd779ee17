import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type CallEvent, callEventSchema } from '@darkroom/contract';
import { createLogger } from '@darkroom/platform-logging';
import { expectNoLeakedProcesses, startTestMiddleware, type TestMiddleware } from '@darkroom/testing';
import { courseOf, type PublicApi, startPublicApi } from '../../test/public-api.ts';
import { until } from '../../test/until.ts';
import { createEventBus } from './event-bus.ts';
import { startEventNews } from './event-news.ts';

let middleware: TestMiddleware;
let databaseUrl: string;
let api: PublicApi;
const followers: Follower[] = [];

beforeAll(async () => {
  middleware = await startTestMiddleware({ postgres: true });
  databaseUrl = await middleware.postgres.createDatabase();
  api = await startPublicApi(databaseUrl);
});
afterEach(() => followers.splice(0).forEach((follower) => follower.leave()));
afterAll(async () => {
  await api.close();
  await middleware.stop();
  await expectNoLeakedProcesses();
});

interface Follower {
  events: CallEvent[];
  ids: number[];
  headers: Headers;
  ended: Promise<void>;
  leave: () => void;
}

interface LogPage {
  items: CallEvent[];
  nextCursor: string | null;
}

async function follow(
  path: string,
  { from = api, ...headers }: { from?: PublicApi; 'last-event-id'?: string } = {},
): Promise<Follower> {
  const leaving = new AbortController();
  const response = await from.open(path, {
    headers: { accept: 'text/event-stream', ...headers },
    signal: leaving.signal,
  });
  const follower: Follower = {
    events: [],
    ids: [],
    headers: response.headers,
    ended: Promise.resolve(),
    leave: () => leaving.abort(),
  };
  follower.ended = readMessages(response, follower).catch(() => undefined);
  followers.push(follower);
  return follower;
}

async function readMessages(response: Response, { events, ids }: Follower): Promise<void> {
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk as Uint8Array).toString();
    const messages = text.split('\n\n');
    text = messages.pop() ?? '';
    for (const message of messages) {
      const fields = new Map(
        message.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
      );
      if (!fields.has('data')) continue;
      ids.push(Number(fields.get('id')));
      events.push(callEventSchema.strict().parse(JSON.parse(fields.get('data') ?? '')));
    }
  }
}

const accept = async () => (await api.submit()).body.id;
const has = (follower: Follower, count: number) =>
  until(
    () => follower.ids.length,
    (length) => length >= count,
  );
const lastSequence = async () => (await api.events('/v1/events?limit=1000')).at(-1)?.sequence ?? 0;

describe('a log as pages', () => {
  test('gives every event once, from `after` on', async () => {
    const callId = await accept();
    const { processing, completed } = courseOf(callId);
    await api.change(callId, [processing]);
    await api.change(callId, [completed]);
    const all = await api.events('/v1/events?limit=1000');
    const paged: CallEvent[] = [];
    let cursor: string | null = '0';
    while (cursor !== null) {
      const page: LogPage = (await api.request<LogPage>(`/v1/events?limit=2&cursor=${cursor}`)).body;
      paged.push(...page.items);
      cursor = page.nextCursor;
    }

    expect(paged).toEqual(all);
    const own = await api.events(`/v1/calls/${callId}/events`);
    expect(own.map(({ type, callSequence }) => [type, callSequence])).toEqual([
      ['call.accepted', 1],
      ['call.processing', 2],
      ['call.completed', 3],
    ]);
    expect(await api.events(`/v1/calls/${callId}/events?after=${own[1]?.sequence}`)).toEqual([own[2]]);
  });
});

describe('a log as a stream', () => {
  test('gives what was and what comes, with the sequence as id', async () => {
    const before = await lastSequence();
    const callId = await accept();
    const follower = await follow(`/v1/events?after=${before}`);
    const { processing, completed } = courseOf(callId);
    await has(follower, 1);
    await api.change(callId, [processing, completed]);
    await has(follower, 3);

    expect(follower.headers.get('content-type')).toContain('text/event-stream');
    expect(follower.ids).toEqual([before + 1, before + 2, before + 3]);
    expect(follower.events).toEqual(await api.events(`/v1/events?after=${before}`));
  });

  test("of a call gives that call's events only", async () => {
    const [callId, otherId] = [await accept(), await accept()];
    const follower = await follow(`/v1/calls/${callId}/events`);
    await api.change(otherId, [courseOf(otherId).processing]);
    await api.change(callId, [courseOf(callId).processing]);
    await has(follower, 2);

    expect(follower.events.map((event) => [event.callId, event.callSequence])).toEqual([
      [callId, 1],
      [callId, 2],
    ]);
  });

  test('[P4] goes on after Last-Event-ID, so that a client that connects again misses nothing and sees nothing twice', async () => {
    const before = await lastSequence();
    const seen: number[] = [];
    let left = false;
    const writing = (async () => {
      for (let index = 0; index < 120; index += 1) await accept();
      left = true;
    })();
    while (!left || seen.length < 120) {
      const follower = await follow('/v1/events', { 'last-event-id': String(seen.at(-1) ?? before) });
      await has(follower, Math.min(7, 120 - seen.length));
      follower.leave();
      await follower.ended;
      seen.push(...follower.ids);
    }
    await writing;

    expect(seen).toEqual(Array.from({ length: 120 }, (_, index) => before + 1 + index));
  });

  test('finds within seconds what nobody told it of', async () => {
    const callId = await accept();
    const follower = await follow(`/v1/calls/${callId}/events`);
    await has(follower, 1);
    await api.change(callId, [courseOf(callId).processing], { silently: true });
    await has(follower, 2);
  });

  test('hears of events of another process of main without waiting for the next look', async () => {
    const logger = createLogger({ service: 'main', level: 'silent', json: true });
    const otherBus = createEventBus();
    const other = await startPublicApi(databaseUrl, { eventBus: otherBus });
    const news = [
      startEventNews({ eventBus: api.eventBus, pool: api.pool, directUrl: databaseUrl, logger }),
      startEventNews({ eventBus: otherBus, pool: other.pool, directUrl: databaseUrl, logger }),
    ];
    const heard: [string, number][] = [];
    const unsubscribe = otherBus.subscribe('alpha', (sequence) => heard.push(['alpha', sequence]));
    await until(countListeners, (count) => count === 2);
    await api.submit();
    const sequence = await lastSequence();
    await until(
      () => heard,
      (list) => list.some(([, heardSequence]) => heardSequence === sequence),
    );

    await api.pool.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where query = 'listen darkroom_events'",
    );
    await until(countListeners, (count) => count === 2);
    await api.submit();
    await until(
      () => heard,
      (list) => list.some(([, heardSequence]) => heardSequence === sequence + 1),
    );
    unsubscribe();
    await Promise.all(news.map((one) => one.stop()));
    await other.close();
  });

  test('misses nothing where a transaction stays open between taking its numbers and its commit', async () => {
    const before = await lastSequence();
    const follower = await follow(`/v1/events?after=${before}`);
    const callId = 'call_01k3x5c5jyfvhbqm6w8r9c4r3n';
    await api.inSession(async (session) => {
      await session.query('begin');
      await session.query("update accounts set last_sequence = last_sequence + 1 where id = 'alpha'");
      await session.query(
        `insert into events (account_id, sequence, call_id, call_sequence, type, status, data)
         values ('alpha', $1, $2, 1, 'call.accepted', 'pending', '{}')`,
        [before + 1, callId],
      );
      const later = [accept(), accept()];
      await until(countLockWaits, (count) => count === 2);
      expect(await api.events(`/v1/events?after=${before}`)).toEqual([]);
      await session.query('commit');
      await Promise.all(later);
    });
    await has(follower, 3);

    expect(follower.ids).toEqual([before + 1, before + 2, before + 3]);
    expect(follower.events[0]?.callId).toBe(callId);
  });

  test('outlives PostgreSQL, and goes on when it is back', async () => {
    const before = await lastSequence();
    const callId = await accept();
    const follower = await follow(`/v1/events?after=${before}`);
    await has(follower, 1);
    await middleware.postgres.kill();
    api.eventBus.heard('alpha', before + 2);
    const refusal = await api.refused({ path: `/v1/calls/${callId}`, method: 'GET' });
    expect(refusal).toMatchObject({ status: 503, body: { code: 'database_unavailable', retryable: true } });
    expect(refusal.headers.get('retry-after')).not.toBeNull();
    await middleware.postgres.start();
    await until(
      () => api.request(`/v1/calls/${callId}`),
      ({ status }) => status === 200,
    );
    await api.change(callId, [courseOf(callId).processing]);
    await has(follower, 2);

    expect(follower.events.map(({ type }) => type)).toEqual(['call.accepted', 'call.processing']);
  });

  test('does not read ahead of a client that does not read', async () => {
    const before = await lastSequence();
    await api.pool.query(
      `insert into events (account_id, sequence, call_id, call_sequence, type, status, data)
       select 'alpha', $1 + n, 'call_bulk', n, 'call.progress', 'processing', jsonb_build_object('currentStep', repeat('x', 2000))
       from generate_series(1, 20000) as n`,
      [before],
    );
    await api.pool.query("update accounts set last_sequence = $1 where id = 'alpha'", [before + 20_000]);
    const looksBefore = await countLooks();
    const leaving = new AbortController();
    const response = await api.open(`/v1/events?after=${before}`, {
      headers: { accept: 'text/event-stream' },
      signal: leaving.signal,
    });
    await until(countLooks, (count) => count > looksBefore);
    const settled = await untilSteady(countLooks);
    leaving.abort();
    await response.body?.cancel().catch(() => undefined);

    // The whole log is a hundred pages.
    expect(settled - looksBefore).toBeLessThan(75);
  });
});

test('a stop of the process ends every stream and every wait', async () => {
  const own = await startPublicApi(databaseUrl);
  const { body } = await own.submit();
  const follower = await follow(`/v1/calls/${body.id}/events`, { from: own });
  await has(follower, 1);
  const theirs = await own.submit({ account: 'beta' });
  const waiting = own.request(`/v1/calls/${theirs.body.id}?wait=60`, { account: 'beta' });
  await until(own.countSubscriptions, (count) => count === 2);
  const startedAt = Date.now();
  await Promise.all([own.close(), follower.ended, waiting]);

  expect(Date.now() - startedAt).toBeLessThan(5_000);
});

async function countLockWaits(): Promise<number> {
  const { rows } = await api.pool.query<{ count: number }>(
    "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
  );
  return rows[0]?.count ?? 0;
}

async function countListeners(): Promise<number> {
  const { rows } = await api.pool.query<{ count: number }>(
    "select count(*) from pg_stat_activity where query = 'listen darkroom_events'",
  );
  return rows[0]?.count ?? 0;
}

async function countLooks(): Promise<number> {
  await api.pool.query('select pg_stat_force_next_flush()');
  const { rows } = await api.pool.query<{ count: number }>(
    "select idx_scan as count from pg_stat_user_tables where relname = 'events'",
  );
  return rows[0]?.count ?? 0;
}

/** The value once it has stayed the same for ten looks. */
async function untilSteady(ask: () => Promise<number>): Promise<number> {
  const looks: number[] = [];
  await until(
    async () => looks.push(await ask()),
    (count) => count > 30 && new Set(looks.slice(-10)).size === 1,
  );
  return looks.at(-1) ?? 0;
}
