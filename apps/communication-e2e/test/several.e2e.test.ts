import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newsChannel } from '@darkroom/contract';
import {
  expectNoLeakedProcesses,
  type SmallRedis,
  type Stack,
  type StackProcess,
  startSmallRedis,
  startStack,
  until,
} from '@darkroom/testing';
import { type AccountApi, createAccountApi } from './account-api.ts';
import { findDeliveryFaults, noFaults } from './check-delivery.ts';
import { type ComparisonHold, startComparisonHold } from './hold-comparisons.ts';
import { reportProgress } from './report-progress.ts';
import { Subscriber } from './subscriber.ts';

const apiKey = 'key-of-the-only-account';

interface Main {
  readonly process: StackProcess;
  readonly internalUrl: string;
  readonly api: AccountApi;
}

describe('two of main and two of communication, told of news by Redis', () => {
  let redis: SmallRedis;
  let stack: Stack;
  let mains: Main[];
  let holds: ComparisonHold[];
  let communications: StackProcess[];
  let subscribers: Subscriber[] = [];

  beforeAll(async () => {
    redis = await startSmallRedis();
    const environment = { API_KEYS: `acme:${apiKey}`, REDIS_URL: redis.url };
    stack = await startStack({ workers: 0, mainEnvironment: environment });
    mains = [stack.main, await stack.addMain(environment)].map((process) => ({
      process,
      internalUrl: `http://127.0.0.1:${process.environment['INTERNAL_PORT']}`,
      api: createAccountApi(process.url, apiKey),
    }));
    holds = await Promise.all(mains.map(({ internalUrl }) => startComparisonHold(internalUrl)));
    communications = await Promise.all(
      holds.map(({ url }) => stack.addCommunication({ MAIN_INTERNAL_URL: url, REDIS_URL: redis.url })),
    );
  });

  afterAll(async () => {
    subscribers.forEach((subscriber) => subscriber.stop());
    await stack?.stop();
    await Promise.all((holds ?? []).map((hold) => hold.stop()));
    await redis.stop();
    await expectNoLeakedProcesses();
  });

  const redisAsAllSeeIt = async (): Promise<string[]> =>
    Promise.all(
      [...mains.map(({ process }) => process), ...communications].map(async ({ url }) => {
        // On a connection of its own: one that was kept may just be closed by the other side.
        const answer = await fetch(`${url}/readyz`, { headers: { connection: 'close' } });
        const { status, dependencies } = (await answer.json()) as Readiness;
        return `${answer.status} ${status}, redis ${dependencies['redis']?.status}`;
      }),
    );
  const untilAllSee = (state: 'up' | 'down') =>
    until(`all are ready and see that Redis is ${state}`, async () =>
      (await redisAsAllSeeIt()).every((seen) => seen === `200 ready, redis ${state}`),
    );

  /** Each main accepts a call and is told of its progress, one after the other; resolves when everybody has seen all. */
  const makeNews = async (what: string, isLost?: () => boolean): Promise<void> => {
    for (const { api, internalUrl } of mains) {
      const startAt = new Date(Date.now() + 24 * 3600 * 1000).toISOString();
      const { id } = await api.submit(what, { startAt });
      await untilAllHaveSeenTheLog(isLost);
      await reportProgress({ mainInternalUrl: internalUrl, internalToken: stack.place.internalToken }, id, 1);
      await untilAllHaveSeenTheLog(isLost);
    }
  };
  /** Nothing is compared meanwhile. News are lost with their connection, where it is under way when the machine stands still: then others are made. */
  const makeNewsByRedisAlone = async (what: string): Promise<void> => {
    for (let isHeard = false; !isHeard;) {
      await untilAllSee('up');
      await until('both listen', () => redis.subscribers(newsChannel) === 2);
      const { connections } = redis;
      const isLost = () => redis.connections > connections;
      holds.forEach((hold) => hold.hold());
      await makeNews(what, isLost);
      isHeard = !isLost();
      if (!isHeard) holds.forEach((hold) => hold.release());
    }
  };
  const untilAllHaveSeenTheLog = async (isLost = () => false) => {
    const last = (await mains[0]?.api.readLog())?.at(-1)?.sequence ?? 0;
    const haveSeen = () => subscribers.every(({ seen }) => (seen.at(-1) ?? 0) >= last);
    await until(`everybody has seen event ${last}`, () => haveSeen() || isLost());
  };

  test('[P4] what either appends comes over Redis, while Redis is away by comparing, and to everybody once and in order', async () => {
    await untilAllSee('up');
    subscribers = await Promise.all(
      communications.map(async ({ url }, index) => {
        const asked = await mains[index]?.api.token({ account: true });
        return new Subscriber(`${url}/v1/stream`, asked?.token ?? '');
      }),
    );
    await makeNews('all are there');
    await makeNewsByRedisAlone('nothing is compared');

    await redis.stop();
    holds.forEach((hold) => hold.release());
    await untilAllSee('down');
    await makeNews('Redis is away');

    await redis.start();
    await makeNewsByRedisAlone('Redis is back, and nothing is compared');

    await untilAllHaveSeenTheLog();
    const log = (await mains[1]?.api.readLog())?.map(({ sequence }) => sequence) ?? [];
    // Four times a call of each main, with its acceptance and its progress.
    expect(log.length).toBeGreaterThanOrEqual(16);
    for (const { seen, errors } of subscribers) {
      expect(findDeliveryFaults(log, seen.slice(0, log.length))).toEqual(noFaults);
      // Comparisons whose answers are kept back for long are those of a main that is away.
      expect(errors.filter((error) => !error.includes('log_away'))).toEqual([]);
    }
  });
});

interface Readiness {
  status: string;
  dependencies: Record<string, { status: string } | undefined>;
}
