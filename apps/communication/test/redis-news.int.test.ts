import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newsChannel } from '@darkroom/contract';
import { type SmallRedis, startSmallRedis, until } from '@darkroom/testing';
import { type Rig, startRig } from './start-rig.ts';

describe('news through Redis', () => {
  let redis: SmallRedis;
  let rig: Rig;

  beforeAll(async () => {
    redis = await startSmallRedis();
    rig = await startRig({ REDIS_URL: redis.url });
    rig.main.tellsNews = false;
  });

  afterAll(async () => {
    await rig.stop();
    await redis.stop();
  });

  const tell = () =>
    redis.publish(newsChannel, JSON.stringify({ accountId: 'default', lastSequence: rig.main.log().length }));
  const readiness = async (): Promise<unknown[]> => {
    const answer = await fetch(`${rig.url}/readyz`);
    return [answer.status, await answer.json()];
  };
  const knows = (status: string) =>
    until(`Redis is known to be ${status}`, async () =>
      JSON.stringify(await readiness()).includes(`"redis":{"status":"${status}"`),
    );
  const listening = () => until('it listens', () => redis.subscribers(newsChannel) === 1);

  test('an event comes with the news of it, not with the next comparison', async () => {
    await listening();
    const client = await rig.connect();
    await client.subscribe();
    await client.told('subscribed');
    const { comparisons } = rig.main;
    for (let count = 1; count <= 8; count += 1) {
      rig.main.append();
      tell();
      await client.events(count);
    }
    expect(rig.main.comparisons - comparisons).toBeLessThan(8);
  });

  test('[P4] a Redis that is away costs time, and no event', async () => {
    const client = await rig.connect();
    await client.subscribe({ after: 'latest' });
    const { after } = await client.told('subscribed');
    await knows('up');
    await redis.stop();
    await knows('down');
    expect(await readiness()).toMatchObject([200, { status: 'ready' }]);
    rig.main.append({ count: 5 });
    await client.events(5);
    await redis.start();
    await listening();
    await knows('up');
    redis.publish(newsChannel, 'no news');
    rig.main.append({ count: 2 });
    tell();

    expect(await client.events(7)).toEqual([1, 2, 3, 4, 5, 6, 7].map((number) => after + number));
    expect(client.errors()).toEqual([]);
  });
});
