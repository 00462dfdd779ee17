import { describe, expect, test } from '@jest/globals';
import { readConfig } from '../config.ts';
import { type FailedDelivery, secondsToNextAttempt } from './retry-schedule.ts';

const schedule = { retrySeconds: [5, 30, 120], giveUpSeconds: 3600 };
const next = (failed: Partial<FailedDelivery>, of = schedule) =>
  secondsToNextAttempt(of, { failures: 1, elapsedSeconds: 0, random: 0.5, ...failed });

describe('a notification that was not delivered', () => {
  test('is tried again soon at first, and later and later', () => {
    expect([1, 2, 3, 4, 99].map((failures) => next({ failures }))).toEqual([5, 30, 120, 120, 120]);
  });

  test('is tried again with jitter, a fifth earlier or later', () => {
    expect([0, 0.25, 1].map((random) => next({ failures: 3, random }))).toEqual([96, 108, 144]);
  });

  test('waits as long as Retry-After says, never shorter, and six hours at most', () => {
    const patient = { ...schedule, giveUpSeconds: 1e6 };
    expect(next({ retryAfterSeconds: 600 }, patient)).toBe(660);
    expect(next({ retryAfterSeconds: 600, random: 0 }, patient)).toBe(600);
    expect(next({ retryAfterSeconds: 1 }, patient)).toBe(5);
    expect(next({ retryAfterSeconds: 1e9, random: 0 }, patient)).toBe(6 * 3600);
  });

  test('has a last attempt when its time is over, and is given up then', () => {
    expect(next({ failures: 9, elapsedSeconds: 3590 })).toBe(10);
    expect(next({ failures: 9, elapsedSeconds: 3590, retryAfterSeconds: 900 })).toBe(10);
    expect(next({ failures: 9, elapsedSeconds: 3600 })).toBeUndefined();
  });

  test('is tried for two days, on a schedule of hours', () => {
    const { notifications } = readConfig(needed);
    let elapsedSeconds = 0;
    const pauses: number[] = [];
    for (;;) {
      const pause = next(
        { failures: pauses.length + 1, elapsedSeconds },
        { ...notifications, retrySeconds: [...notifications.retrySeconds] },
      );
      if (pause === undefined) break;
      pauses.push(pause);
      elapsedSeconds += pause;
    }
    expect(elapsedSeconds).toBe(2 * 24 * 3600);
    expect(pauses[0]).toBe(5);
    expect(pauses.slice(-4, -1).every((pause) => pause > 3600)).toBe(true);
    expect(pauses.length).toBeGreaterThan(10);
  });
});

const needed = {
  CALLBACK_SECRET: 'a-secret-of-thirty-two-characters',
  DATABASE_URL: 'postgresql://darkroom@127.0.0.1/darkroom',
  INTERNAL_TOKEN: 'a-token-of-thirty-two-characters',
  S3_ENDPOINT: 'http://127.0.0.1:9090',
  S3_REGION: 'us-east-1',
  S3_BUCKET: 'darkroom',
  S3_ACCESS_KEY_ID: 'an-access-key',
  S3_SECRET_ACCESS_KEY: 'an-access-secret',
  S3_OBJECT_KEY_PREFIX: 'darkroom',
  TEMPORAL_HOST: '127.0.0.1:7233',
  TEMPORAL_NAMESPACE: 'default',
};
