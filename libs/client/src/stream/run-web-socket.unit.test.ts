import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { StreamToken } from '../api.ts';
import { DarkroomError } from '../darkroom-error.ts';
import { runWebSocket } from './run-web-socket.ts';
import type { AttachOptions } from './socket-pool.ts';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

/** Follows on a connection that takes everything, with tokens of a server that may be away. */
async function follow() {
  const life = new AbortController();
  const attached: AttachOptions[] = [];
  const renewed: string[] = [];
  const asked = { times: 0, isAway: false };
  const tokenNumber = (number: number): StreamToken => ({
    ...{ token: `token ${number}`, subject: 'account', lastSequence: 0 },
    ...{ expiresAt: '2999-01-01T00:00:00.000Z', streamUrl: 'https://darkroom.test/v1/stream' },
  });
  const token = {
    get() {
      asked.times += 1;
      if (!asked.isAway) return Promise.resolve(tokenNumber(asked.times));
      return Promise.reject(new DarkroomError('database_unavailable', 'Come again.', { status: 503, retryable: true }));
    },
    drop: () => undefined,
  };
  const pool = {
    attach(options: AttachOptions) {
      attached.push(options);
      return Promise.resolve({ renew: (newer: string) => void renewed.push(newer), leave: () => undefined });
    },
  };
  const followed = { subject: { account: true } as const, token, after: () => 0, take: () => undefined };
  const finished = runWebSocket({ followed, pool, tell: () => undefined }, life.signal);
  await jest.advanceTimersByTimeAsync(0);
  const stop = async () => {
    life.abort(new Error('enough'));
    await expect(finished).rejects.toThrow('enough');
  };
  const listener = () => attached.at(-1)?.listener;
  listener()?.onSubscribed();
  return { asked, renewed, listener, stop };
}

test('a token that cannot be renewed at once is asked for again, less and less often, until there is one', async () => {
  const { asked, renewed, listener, stop } = await follow();
  asked.isAway = true;
  listener()?.onTokenExpiring();
  await jest.advanceTimersByTimeAsync(10_000);
  expect(asked.times).toBeGreaterThan(3);
  expect(asked.times).toBeLessThan(12);
  expect(renewed).toEqual([]);
  asked.isAway = false;
  await jest.advanceTimersByTimeAsync(15_000);
  expect(renewed).toEqual([`token ${asked.times}`]);
  const timesUntilThen = asked.times;
  await jest.advanceTimersByTimeAsync(60_000);

  expect(asked.times).toBe(timesUntilThen);
  await stop();
});

test('a token is not asked for any more where what it was for has ended', async () => {
  const { asked, renewed, listener, stop } = await follow();
  asked.isAway = true;
  listener()?.onTokenExpiring();
  await jest.advanceTimersByTimeAsync(2_000);
  await stop();
  const timesUntilThen = asked.times;
  asked.isAway = false;
  await jest.advanceTimersByTimeAsync(60_000);

  expect([asked.times, renewed]).toEqual([timesUntilThen, []]);
  expect(jest.getTimerCount()).toBe(0);
});
