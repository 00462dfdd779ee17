import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { createDarkroom, type DarkroomOptions } from './create-darkroom.ts';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

test('without push the log is read every 3 seconds, 60 times, and then the subscription gives up', async () => {
  const readAt: number[] = [];
  const begunAt = Date.now();
  const darkroom = createDarkroom({
    baseUrl: 'http://darkroom.test',
    channels: ['polling'],
    fetch() {
      readAt.push(Date.now() - begunAt);
      return Promise.resolve(Response.json({ items: [], nextCursor: null }));
    },
  });
  const ended = expect(darkroom.subscribe({ account: true, onEvent: () => undefined }).finished).rejects.toMatchObject({
    code: 'gave_up_polling',
    retryable: true,
  });

  await jest.advanceTimersByTimeAsync(3_600_000);
  await ended;
  expect(readAt).toEqual(Array.from({ length: 60 }, (_, poll) => poll * 3_000));
});

test('how often and how many times is for the caller to say', async () => {
  let reads = 0;
  const darkroom = createDarkroom({
    baseUrl: 'http://darkroom.test',
    channels: ['polling'],
    polling: { intervalSeconds: 10, times: 4 },
    fetch() {
      reads += 1;
      return Promise.resolve(Response.json({ items: [], nextCursor: null }));
    },
  });
  const ended = expect(darkroom.subscribe({ account: true, onEvent: () => undefined }).finished).rejects.toThrow();

  await jest.advanceTimersByTimeAsync(29_999);
  expect(reads).toBe(3);
  await jest.advanceTimersByTimeAsync(1);
  await ended;
  expect(reads).toBe(4);
});

test.each<[string, Partial<DarkroomOptions>, number]>([
  ['5 seconds', {}, 5_000],
  ['as long as the caller says', { openTimeoutSeconds: 60 }, 60_000],
])('a way of push may take %s to open before the next one is used', async (_howLong, options, mostMs) => {
  const token = { token: 'x', subject: 'account', streamUrl: 'http://darkroom.test/v1/stream', lastSequence: 0 };
  const darkroom = createDarkroom({
    baseUrl: 'http://darkroom.test',
    WebSocket: NeverOpen as unknown as typeof WebSocket,
    fetch({ url, signal }) {
      if (url.includes('/v1/stream'))
        return new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
      const isToken = url.endsWith('/v1/tokens');
      return Promise.resolve(
        Response.json(isToken ? { ...token, expiresAt: '2999-01-01T00:00:00.000Z' } : { items: [], nextCursor: null }),
      );
    },
    ...options,
  });
  const subscription = darkroom.subscribe({ account: true, onEvent: () => undefined });
  const tried: string[] = [];
  await jest.advanceTimersByTimeAsync(mostMs - 100);
  tried.push(subscription.channel);
  await jest.advanceTimersByTimeAsync(mostMs);
  tried.push(subscription.channel);
  await jest.advanceTimersByTimeAsync(200);
  tried.push(subscription.channel);
  subscription.close();
  await subscription.finished;

  expect(tried).toEqual(['connecting', 'connecting', 'polling']);
});

class NeverOpen extends EventTarget {
  close(): void {
    // Nothing was open.
  }
}

test('whoever repeats a wish by himself has it sent once', async () => {
  let sent = 0;
  const darkroom = createDarkroom({
    baseUrl: 'http://darkroom.test',
    fetch() {
      sent += 1;
      return Promise.reject(new TypeError('Nobody is there.'));
    },
  });
  const wish = { integration: 'sora', operation: 'text-to-video', input: {} };
  const ended = expect(darkroom.calls.create(wish, { idempotencyKey: 'order-7', attempts: 1 })).rejects.toMatchObject({
    code: 'no_answer',
    idempotencyKey: 'order-7',
  });

  await jest.advanceTimersByTimeAsync(0);
  await ended;
  expect(sent).toBe(1);
});
