import { describe, expect, test } from '@jest/globals';
import { readConfig } from '../config.ts';
import { type FailedDelivery, nextAttempt } from './retry-schedule.ts';

const schedule = { retrySeconds: [5, 30, 120], giveUpSeconds: 3600 };
/** After how many seconds, or why not at all. */
function next(failed: Partial<FailedDelivery>, of = schedule): number | string {
  const answer = nextAttempt(of, { failures: 1, elapsedSeconds: 0, random: 0.5, ...failed });
  return answer.kind === 'again' ? answer.afterSeconds : answer.because;
}
const hours = 3600;

describe('a notification that was not delivered', () => {
  test('is tried again soon at first, and later and later', () => {
    expect([1, 2, 3, 4, 99].map((failures) => next({ failures }))).toEqual([5, 30, 120, 120, 120]);
  });

  test('is tried again with jitter, a fifth earlier or later', () => {
    expect([0, 0.25, 1].map((random) => next({ failures: 3, random }))).toEqual([96, 108, 144]);
  });

  test('waits as long as Retry-After says, never shorter', () => {
    const patient = { ...schedule, giveUpSeconds: 1e6 };
    expect(next({ retryAfterSeconds: 600 }, patient)).toBe(660);
    expect(next({ retryAfterSeconds: 600, random: 0 }, patient)).toBe(600);
    expect(next({ retryAfterSeconds: 1 }, patient)).toBe(5);
    expect(next({ retryAfterSeconds: 4.5, random: 0 }, patient)).toBe(4.5);
    expect(next({ retryAfterSeconds: 40 * hours, random: 0 }, patient)).toBe(40 * hours);
  });

  test('has a last attempt when its time is over, and is given up then', () => {
    expect(next({ failures: 9, elapsedSeconds: 3590 })).toBe(10);
    expect(next({ failures: 9, elapsedSeconds: 3590, retryAfterSeconds: 9 })).toBe(10);
    expect(next({ failures: 9, elapsedSeconds: 3600 })).toBe('time_over');
    expect(next({ failures: 9, elapsedSeconds: 3600, retryAfterSeconds: 1e9 })).toBe('time_over');
  });

  test('has its last attempt when the receiver asked for it, up to a day after its time is over, and none where it asked for longer', () => {
    const day = 24 * hours;
    const late = { failures: 9, elapsedSeconds: 3590 };
    expect(next({ ...late, retryAfterSeconds: 900, random: 0 })).toBe(900);
    expect(next({ ...late, retryAfterSeconds: 900, random: 1 })).toBe(1080);
    expect(next({ ...late, retryAfterSeconds: day + 10, random: 1 })).toBe(day + 10);
    expect(next({ ...late, retryAfterSeconds: day + 11 })).toBe('asked_for_longer');
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
      if (typeof pause === 'string') break;
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
  TOKEN_SECRET: 'another-secret-of-thirty-two-char',
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
