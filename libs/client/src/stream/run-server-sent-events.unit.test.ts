import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { TellHappening } from './followed.ts';
import { runServerSentEvents } from './run-server-sent-events.ts';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

/** Follows by streams that bring their headers, and of the body what a test writes. */
function follow() {
  const life = new AbortController();
  const happenings: string[] = [];
  const bodies: ReadableStreamDefaultController<Uint8Array>[] = [];
  const slots = { left: 4, open: 0 };
  const tell: TellHappening = (happening, fault) =>
    happenings.push(fault ? `${happening}: ${fault.message}` : happening);
  const fetch = ({ signal }: Request) => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        bodies.push(controller);
        signal.addEventListener('abort', () => controller.error(signal.reason));
      },
    });
    return Promise.resolve(new Response(body, { headers: { 'content-type': 'text/event-stream' } }));
  };
  const opened = {
    ...{ token: 'x', subject: 'account', lastSequence: 0 },
    ...{ expiresAt: '2999-01-01T00:00:00.000Z', streamUrl: 'https://darkroom.test/v1/stream' },
  };
  const token = { get: () => Promise.resolve(opened), drop: () => undefined };
  const followed = { subject: { account: true } as const, token, after: () => 0, take: () => undefined };
  const finished = runServerSentEvents({ followed, fetch, slots, openTimeoutMs: 5_000, tell }, life.signal);
  const stop = async () => {
    life.abort(new Error('enough'));
    await expect(finished).rejects.toThrow('enough');
  };
  return { happenings, bodies, slots, stop };
}

test('a stream of which something on the way passes the headers and holds the body has failed, so that the log is polled', async () => {
  const { happenings, slots, stop } = follow();
  await jest.advanceTimersByTimeAsync(4_900);
  expect([happenings, slots.open]).toEqual([[], 0]);
  await jest.advanceTimersByTimeAsync(200);

  expect(happenings).toEqual(['failed: The stream did not open within 5000 ms.']);
  await stop();
});

test('a stream is open with its first bytes, and lost where it is silent for long from then on', async () => {
  const { happenings, bodies, slots, stop } = follow();
  await jest.advanceTimersByTimeAsync(3_000);
  bodies[0]?.enqueue(new TextEncoder().encode('retry: 2000\n\n'));
  await jest.advanceTimersByTimeAsync(39_000);
  expect([happenings, slots.open]).toEqual([['opened'], 1]);
  await jest.advanceTimersByTimeAsync(2_000);

  expect(happenings).toEqual(['opened', 'lost: The stream was silent for 40000 ms.']);
  await stop();
});
