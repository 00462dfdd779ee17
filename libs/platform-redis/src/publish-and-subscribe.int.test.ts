import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type SmallRedis, startSmallRedis, until } from '@darkroom/testing';
import type { LivenessTimings } from './connect-redis.ts';
import { createPublisher, type Publisher } from './create-publisher.ts';
import { type RedisSubscription, subscribeTo } from './subscribe-to.ts';

let redis: SmallRedis;
let steady: Pair;
/** An answer may take so long that a machine which stands still for some seconds loses no connection: each loss is counted. */
const patient = { askEvery: 200, answerWithin: 30_000 };

/** One who publishes and one who listens, and what they have heard and been told. */
interface Pair {
  publisher: Publisher;
  subscription: RedisSubscription;
  heard: string[];
  /** Each time that one of them was told that the server is away. */
  away: unknown[];
  listenings: number;
  /** Says it until it is heard: what is said while nobody is connected is lost. */
  say(message: string): Promise<void>;
  stop(): void;
}

function connect(liveness: LivenessTimings): Pair {
  const onAway = (error: unknown) => void pair.away.push(error);
  const onMessage = (message: string) => void pair.heard.push(message);
  const onListening = () => void (pair.listenings += 1);
  const publisher = createPublisher(redis.url, { channel: 'harbour', onAway }, liveness);
  const subscription = subscribeTo(redis.url, { channel: 'harbour', onMessage, onListening, onAway }, liveness);
  const pair: Pair = {
    ...{ publisher, subscription, heard: [], away: [], listenings: 0 },
    async say(message) {
      await until(`"${message}" is heard`, () => {
        if (!pair.heard.includes(message)) publisher.publish(message);
        return pair.heard.includes(message);
      });
    },
    stop() {
      publisher.stop();
      subscription.stop();
    },
  };
  return pair;
}

beforeAll(async () => {
  redis = await startSmallRedis();
  steady = connect(patient);
});

afterAll(async () => {
  steady.stop();
  await redis.stop();
});

test('what one process publishes the others hear, in any alphabet', async () => {
  await until('it listens', () => steady.listenings === 1);
  await steady.say('Hafen „漢字“');

  await steady.publisher.check();
});

test('both connect again after the server was away, which is told once, and what was said meanwhile is lost', async () => {
  await redis.stop();
  await until('both know that it is away', () => steady.away.length === 2);
  await expect(steady.publisher.check()).rejects.toThrow();
  steady.publisher.publish('into the void');
  await redis.start();
  await until('it listens again', () => steady.listenings === 2);
  await steady.say('back');

  expect(steady.away).toHaveLength(2);
  expect(steady.heard).not.toContain('into the void');
});

test('a connection that carries nothing any more is found and made again, although nothing tells of its end', async () => {
  const impatient = connect({ askEvery: 200, answerWithin: 3_000 });
  await until('it listens', () => impatient.listenings === 1);
  await impatient.say('before');
  redis.fallSilent();
  await expect(impatient.publisher.check()).rejects.toThrow('was lost');
  await until('both know that it is away', () => impatient.away.length === 2);
  redis.speakAgain();
  await until('it listens again', () => impatient.listenings === 2);
  await impatient.say('found');
  await impatient.publisher.check();
  impatient.stop();

  expect(impatient.away).toHaveLength(2);
});

test('who may not subscribe is told once, and listens as soon as it may', async () => {
  const refusals = redis.refuse('subscribe');
  const told: unknown[] = [];
  let isListening = false;
  const onMessage = () => undefined;
  const refused = subscribeTo(
    redis.url,
    {
      ...{ channel: 'harbour', onMessage },
      onListening: () => (isListening = true),
      onAway: (error) => void told.push(error),
    },
    patient,
  );
  await until('it has tried again', () => refusals() >= 3);
  redis.allow('subscribe');
  await until('it listens', () => isListening);
  refused.stop();

  expect(told).toHaveLength(1);
});

test('a server that refuses to be asked is there', async () => {
  const refusals = redis.refuse('ping');
  const asking = connect(patient);
  await until('it listens', () => asking.listenings === 1);
  await asking.say('here');
  await asking.publisher.check();
  asking.stop();

  expect(refusals()).toBeGreaterThan(0);
});
