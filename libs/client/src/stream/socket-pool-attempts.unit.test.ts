import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { listener, PretendedSocket, setUpSocketPool } from '../../test/set-up-socket-pool.ts';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

describe('a server that is away', () => {
  test('is tried by one attempt for all, with growing pauses, and each of them is told', async () => {
    const { attach, sockets } = setUpSocketPool();
    PretendedSocket.fails = true;
    const waiting = ['call_1', 'call_2', 'call_3'].map((subject) => attach(subject));
    await jest.advanceTimersByTimeAsync(2_000);
    const attempts = sockets.length;
    expect(attempts).toBeGreaterThan(2);
    expect(attempts).toBeLessThan(7);
    expect(waiting.map(({ onAttemptFailed }) => onAttemptFailed.mock.calls.length)).toEqual([
      attempts,
      attempts,
      attempts,
    ]);
    PretendedSocket.fails = false;
    await jest.advanceTimersByTimeAsync(15_000);
    await Promise.all(waiting.map(({ attached }) => attached));
    expect(sockets).toHaveLength(attempts + 1);
  });

  test('is told of at once to who comes in a pause between two attempts', async () => {
    const { attach } = setUpSocketPool();
    PretendedSocket.fails = true;
    const { onAttemptFailed: firstFailed } = attach('call_1');
    while (firstFailed.mock.calls.length < 7) await jest.advanceTimersByTimeAsync(1_000);
    const { onAttemptFailed } = attach('call_2');

    expect(onAttemptFailed).toHaveBeenCalledTimes(1);
  });

  test('is left alone when nobody waits any more', async () => {
    const { attach, life, sockets } = setUpSocketPool();
    PretendedSocket.fails = true;
    const { attached } = attach('call_1');
    const ended = expect(attached).rejects.toThrow('enough');
    await jest.advanceTimersByTimeAsync(1_000);
    const attempts = sockets.length;
    life.abort(new Error('enough'));
    await ended;
    await jest.advanceTimersByTimeAsync(60_000);

    expect(sockets).toHaveLength(attempts);
    expect(jest.getTimerCount()).toBe(0);
  });
});

describe('a server that is back', () => {
  /** Seven attempts have failed: the pauses are as long as they get. */
  async function setUpAfterOutage() {
    const { attach, life, sockets } = setUpSocketPool();
    PretendedSocket.fails = true;
    const first = attach('call_1');
    while (first.onAttemptFailed.mock.calls.length < 7) await jest.advanceTimersByTimeAsync(1_000);
    PretendedSocket.fails = false;
    return { attach, first, life, sockets, opened: () => sockets.length - 7 };
  }

  test('is connected to at once by who finds no room on the connection that is open', async () => {
    const { attach, first, opened } = await setUpAfterOutage();
    const others = Array.from({ length: 1_000 }, (_, index) => attach(`call_${index + 2}`).attached);
    const attached = Promise.all([first.attached, ...others]);
    while (opened() === 0) await jest.advanceTimersByTimeAsync(1_000);
    await attached;

    expect(opened()).toBe(3);
  });

  test('is connected to at once after a connection that was needed for a moment only', async () => {
    const { attach, first, opened } = await setUpAfterOutage();
    while (opened() === 0) await jest.advanceTimersByTimeAsync(1_000);
    (await first.attached).leave();
    await attach('call_2').attached;

    expect(opened()).toBe(2);
  });

  test('is connected to at once by who comes long after the last attempt', async () => {
    const { attach, first, life, opened } = await setUpAfterOutage();
    const ended = expect(first.attached).rejects.toThrow('enough');
    life.abort(new Error('enough'));
    await ended;
    await jest.advanceTimersByTimeAsync(15_000);
    await attach('call_2', listener(), new AbortController().signal).attached;

    expect(opened()).toBe(1);
  });

  test('and closes each connection at once is asked less and less often', async () => {
    const { attach, first, opened, sockets } = await setUpAfterOutage();
    while (opened() === 0) await jest.advanceTimersByTimeAsync(1_000);
    await first.attached;
    sockets.at(-1)?.lose();
    const again = attach('call_1');
    await jest.advanceTimersByTimeAsync(7_000);

    expect([opened(), again.onAttemptFailed.mock.calls.length]).toEqual([1, 1]);
    await jest.advanceTimersByTimeAsync(8_000);
    await again.attached;
  });
});

describe('a server that refuses a connection', () => {
  const why = 'Too many connections. Close some, or try again later.';

  test.each([0, 60_000])(
    'after %d ms is not asked again before the longest pause, and whoever waits is told why at once',
    async (lifeMs) => {
      const { attach, sockets } = setUpSocketPool();
      const { attached, heard } = attach('call_1');
      await attached;
      for (let ms = 0; ms < lifeMs; ms += 10_000) {
        await jest.advanceTimersByTimeAsync(10_000);
        sockets[0]?.say({ type: 'heartbeat' });
      }
      sockets[0]?.lose(4003, why);
      expect(heard.onEnd).toHaveBeenCalledWith(undefined);
      const again = attach('call_1');
      const message = `The server closed the WebSocket with the code 4003: ${why}`;
      expect(again.onAttemptFailed.mock.calls).toEqual([[expect.objectContaining({ message })]]);
      await jest.advanceTimersByTimeAsync(7_000);
      expect(sockets).toHaveLength(1);
      await jest.advanceTimersByTimeAsync(8_000);
      await again.attached;
      expect(sockets).toHaveLength(2);
    },
  );

  test('is used where another connection to it has room', async () => {
    const { attach, sockets } = setUpSocketPool();
    await Promise.all(Array.from({ length: 501 }, (_, index) => attach(`call_${index}`).attached));
    sockets[0]?.lose(4003, why);
    await attach('call_0').attached;

    expect(sockets).toHaveLength(2);
  });
});
