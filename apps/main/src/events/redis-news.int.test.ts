import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type AccountNews, newsChannel } from '@darkroom/contract';
import { createLogger } from '@darkroom/platform-logging';
import { subscribeTo } from '@darkroom/platform-redis';
import { type SmallRedis, startSmallRedis } from '@darkroom/testing';
import { checkReadiness } from '../health/check-readiness.ts';
import { until } from '../../test/until.ts';
import { createEventBus, type EventBus } from './event-bus.ts';
import { publishNewsToRedis } from './redis-news.ts';

let redis: SmallRedis;
let eventBus: EventBus;
const stops: (() => void)[] = [];

beforeEach(async () => {
  redis = await startSmallRedis();
  eventBus = createEventBus();
});

afterEach(async () => {
  stops.splice(0).forEach((stop) => stop());
  await redis.stop();
});

const logger = createLogger({ service: 'main', level: 'silent', json: true });

test('what this process appends is told through Redis, each account’s newest of a moment', async () => {
  const heard: AccountNews[] = [];
  const hearing = subscribeTo(redis.url, {
    channel: newsChannel,
    onMessage: (message) => heard.push(JSON.parse(message) as AccountNews),
    onListening: () => undefined,
    onAway: () => undefined,
  });
  const news = publishNewsToRedis({ url: redis.url, eventBus, logger });
  stops.push(
    () => hearing.stop(),
    () => news.stop(),
  );
  await until(
    async () => {
      eventBus.published('first', 1);
      return heard;
    },
    ({ length }) => length > 0,
  );
  heard.length = 0;
  eventBus.heard('elsewhere', 9);
  for (const sequence of [2, 3, 4]) eventBus.published('first', sequence);
  eventBus.published('second', 7);
  const told = await until(
    async () => heard.filter(({ lastSequence }) => lastSequence > 1),
    ({ length }) => length >= 2,
  );

  await news.check();
  expect(told).toEqual([
    { accountId: 'first', lastSequence: 4 },
    { accountId: 'second', lastSequence: 7 },
  ]);
});

test('a Redis that is connected and answers nothing is shown as away', async () => {
  const news = publishNewsToRedis({ url: redis.url, eventBus, logger });
  stops.push(() => news.stop());
  const askRedis = () => checkReadiness({ redis: news.check });
  await until(askRedis, ({ dependencies }) => dependencies['redis']?.status === 'up');
  redis.fallSilent();

  expect(await askRedis()).toMatchObject({
    status: 'ready',
    dependencies: { redis: { status: 'down', detail: 'did not answer within 2 seconds' } },
  });
});
