import { expect, test } from '@jest/globals';
import { createLogger } from '@darkroom/platform-logging';
import { following } from '../../test/following.ts';
import { courseOf } from '../../test/public-api.ts';
import { setUpPublicApi } from '../../test/set-up-public-api.ts';
import { until } from '../../test/until.ts';
import { createEventBus } from './event-bus.ts';
import { startEventNews } from './event-news.ts';

const api = setUpPublicApi(undefined, { wanted: { postgres: true } });
const { follow, has, accept, lastSequence } = following(api);

test('a log that is followed finds within seconds what nobody told it of', async () => {
  const callId = await accept();
  const follower = await follow(`/v1/calls/${callId}/events`);
  await has(follower, 1);
  await api.change(callId, [courseOf(callId).processing], { silently: true });
  await has(follower, 2);
});

test('it hears of events of another process of main without waiting for the next look', async () => {
  const logger = createLogger({ service: 'main', level: 'silent', json: true });
  const otherBus = createEventBus();
  const other = await api.startAnother({ eventBus: otherBus });
  const news = [
    startEventNews({ eventBus: api.eventBus, pool: api.pool, directUrl: api.databaseUrl, logger }),
    startEventNews({ eventBus: otherBus, pool: other.pool, directUrl: api.databaseUrl, logger }),
  ];
  const heard: [string, number][] = [];
  const unsubscribe = otherBus.subscribe('alpha', (sequence) => heard.push(['alpha', sequence]));
  const lost = await until(findListeners, ({ length }) => length === 2);
  await api.submit();
  const sequence = await lastSequence();
  await until(
    () => heard,
    (list) => list.some(([, heardSequence]) => heardSequence === sequence),
  );

  await api.pool.query("select pg_terminate_backend(pid) from pg_stat_activity where query = 'listen darkroom_events'");
  // For a moment the lost ones are still among them.
  await until(findListeners, (pids) => pids.length === 2 && !pids.some((pid) => lost.includes(pid)));
  await api.submit();
  await until(
    () => heard,
    (list) => list.some(([, heardSequence]) => heardSequence === sequence + 1),
  );
  unsubscribe();
  await Promise.all(news.map((one) => one.stop()));
  await other.close();
});

test('it outlives PostgreSQL, and goes on when it is back', async () => {
  const before = await lastSequence();
  const callId = await accept();
  const follower = await follow(`/v1/events?after=${before}`);
  await has(follower, 1);
  await api.middleware.postgres.kill();
  api.eventBus.heard('alpha', before + 2);
  const refusal = await api.refused({ path: `/v1/calls/${callId}`, method: 'GET' });
  expect(refusal).toMatchObject({ status: 503, body: { code: 'database_unavailable', retryable: true } });
  expect(refusal.headers.get('retry-after')).not.toBeNull();
  await api.middleware.postgres.start();
  await until(
    () => api.request(`/v1/calls/${callId}`),
    ({ status }) => status === 200,
  );
  await api.change(callId, [courseOf(callId).processing]);
  await has(follower, 2);

  expect(follower.events.map(({ type }) => type)).toEqual(['call.accepted', 'call.processing']);
});

/** The connections that listen: the statement is over. */
async function findListeners(): Promise<number[]> {
  const { rows } = await api.pool.query<{ pid: number }>(
    "select pid from pg_stat_activity where query = 'listen darkroom_events' and state = 'idle'",
  );
  return rows.map(({ pid }) => pid);
}
