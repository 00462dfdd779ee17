import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { setUpSocketPool } from '../../test/set-up-socket-pool.ts';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

test('opens one connection for all that come at once, over wss where the address is https', async () => {
  const { attach, sockets } = setUpSocketPool();
  await Promise.all(['call_1', 'call_2', 'call_3'].map((subject) => attach(subject).attached));

  expect(sockets.map(({ url }) => url)).toEqual(['wss://darkroom.test/v1/stream']);
  expect(sockets[0]?.sent).toEqual(
    ['call_1', 'call_2', 'call_3'].map((subject) => ({ type: 'subscribe', token: `token of ${subject}`, after: 7 })),
  );
});

test('opens another connection before one has more than a server may take', async () => {
  const { attach, sockets } = setUpSocketPool();
  await Promise.all(Array.from({ length: 1_100 }, (_, index) => attach(`call_${index}`).attached));

  expect(sockets.map(({ sent }) => sent.length)).toEqual([500, 500, 100]);
});

test('closes a connection with its last subscription', async () => {
  const { attach, sockets } = setUpSocketPool();
  const [one, other] = await Promise.all([attach('call_1').attached, attach('call_2').attached]);
  one.leave();
  expect(sockets[0]?.sent.at(-1)).toEqual({ type: 'unsubscribe', subject: 'call_1' });
  expect(sockets[0]?.isClosed).toBe(false);
  other.leave();
  expect(sockets[0]?.isClosed).toBe(true);
  expect(jest.getTimerCount()).toBe(0);
});

test('renews nothing that was left meanwhile', async () => {
  const { attach, sockets } = setUpSocketPool();
  const [one] = await Promise.all([attach('call_1').attached, attach('call_2').attached]);
  one.leave();
  one.renew('late');

  expect(sockets[0]?.sent).not.toContainEqual({ type: 'renew', token: 'late' });
});

describe('a connection', () => {
  test('on which nothing is heard for 40 seconds is taken for lost', async () => {
    const { attach, sockets } = setUpSocketPool();
    const { attached, heard } = attach('call_1');
    await attached;
    await jest.advanceTimersByTimeAsync(30_000);
    sockets[0]?.say({ type: 'heartbeat' });
    await jest.advanceTimersByTimeAsync(39_000);
    expect(heard.onEnd).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(1_000);
    expect(heard.onEnd).toHaveBeenCalledWith(undefined);
    expect(sockets[0]?.isClosed).toBe(true);
  });

  test('is closed where whoever waited for it has gone as it opened', async () => {
    const { attach, life, sockets } = setUpSocketPool();
    const { attached } = attach('call_1');
    const ended = expect(attached).rejects.toThrow('enough');
    sockets[0]?.addEventListener('open', () => life.abort(new Error('enough')));
    await ended;
    await jest.advanceTimersByTimeAsync(0);

    expect([sockets.length, sockets[0]?.isClosed, jest.getTimerCount()]).toEqual([1, true, 0]);
  });

  test('tells each of its subscriptions when it is lost, once', async () => {
    const { attach, sockets } = setUpSocketPool();
    const all = ['call_1', 'call_2'].map((subject) => attach(subject));
    await Promise.all(all.map(({ attached }) => attached));
    sockets[0]?.lose();
    sockets[0]?.lose();

    expect(all.map(({ heard }) => heard.onEnd.mock.calls)).toEqual([[[undefined]], [[undefined]]]);
  });

  test('takes an error that names no subject for one of a subscription that was not confirmed yet', async () => {
    const { attach, sockets } = setUpSocketPool();
    const [one, other] = [attach('call_1'), attach('call_2')];
    await Promise.all([one.attached, other.attached]);
    sockets[0]?.say({ type: 'subscribed', subject: 'call_1', after: 7 });
    sockets[0]?.say({ type: 'error', code: 'token_refused', detail: 'Get a new one.' });

    expect(one.heard.onEnd).not.toHaveBeenCalled();
    expect(other.heard.onEnd).toHaveBeenCalledWith(expect.objectContaining({ code: 'token_refused' }));
    expect(sockets[0]?.sent.at(-1)).toEqual({ type: 'unsubscribe', subject: 'call_2' });
  });

  test.each([
    ['a confirmed subscription that is refused a renewal', true, 'session_ended'],
    ['a subscription that the server has already', false, 'already_subscribed'],
  ])('gives %s back, so that it can be begun anew', async (_what, isConfirmed, code) => {
    const { attach, sockets } = setUpSocketPool();
    const [one, other] = [attach('call_1'), attach('call_2')];
    await Promise.all([one.attached, other.attached]);
    if (isConfirmed) sockets[0]?.say({ type: 'subscribed', subject: 'call_1', after: 7 });
    sockets[0]?.say({ type: 'error', code, detail: 'Get a new one.', subject: 'call_1' });

    expect(one.heard.onEnd).toHaveBeenCalledWith(expect.objectContaining({ code }));
    expect(other.heard.onEnd).not.toHaveBeenCalled();
    expect(sockets[0]?.sent.at(-1)).toEqual({ type: 'unsubscribe', subject: 'call_1' });
    sockets[0]?.say({ type: 'error', code: 'not_subscribed', detail: 'x', subject: 'call_1' });
    await attach('call_1').attached;
    expect(sockets).toHaveLength(1);
  });

  test('lives on with messages of kinds that it does not know, and not with what is no message', async () => {
    const { attach, sockets } = setUpSocketPool();
    const { attached, heard } = attach('call_1');
    await attached;
    sockets[0]?.say({ type: 'of-the-future' });
    expect(heard.onEnd).not.toHaveBeenCalled();
    sockets[0]?.say(7);
    expect(heard.onEnd).toHaveBeenCalledWith(undefined);
  });
});
