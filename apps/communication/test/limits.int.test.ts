import { afterEach, describe, expect, test } from '@jest/globals';
import { streamClosings } from '@darkroom/contract';
import { until } from '@darkroom/testing';
import { refusedUpgrade } from './refused-upgrade.ts';
import { type Rig, startRig } from './start-rig.ts';
import { signToken } from './stream-token.ts';

const from = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index);

describe('limits', () => {
  let rig: Rig;

  afterEach(() => rig.stop());

  const metric = async (pattern: RegExp): Promise<number> =>
    Number(pattern.exec(await (await fetch(`${rig.internalUrl}/metrics`)).text())?.[1] ?? 0);

  test('[P4] a reader who takes nothing costs a bounded piece of memory, is cut off, is told to resume, and misses nothing', async () => {
    // Nobody is cut off before the quick one has all: on a machine that stands still it may be slow too.
    rig = await startRig({}, { slow: 60_000 });
    const [slow, quick] = [await rig.connect(), await rig.connect()];
    await slow.subscribe();
    await quick.subscribe();
    await slow.told('subscribed');
    slow.pause();
    const count = 4000;
    for (let n = 0; n < count; n += 100) {
      rig.main.append({ count: 100, data: { text: 'x'.repeat(10_000) } });
      await quick.events(n + 100);
    }
    rig.timings.slow = 1_000;
    await until('it was cut off', async () => (await metric(/cut_off_total\{reason="too_slow"\} (\d+)/)) === 1);
    rig.timings.slow = 60_000;
    slow.resume();
    expect(await slow.ended()).toEqual({ code: 4002, reason: streamClosings.too_slow.reason });
    const seen = slow.sequences();
    expect(seen).toEqual(from(1, seen.length));
    // What the system holds for a connection, and little more: not the 40 MB that were there to be sent.
    expect(seen.length).toBeLessThan(count / 2);

    const again = await rig.connect();
    await again.subscribe({ after: seen.length });
    expect(await again.events(count - seen.length)).toEqual(from(seen.length + 1, count));
    expect(quick.sequences()).toEqual(from(1, count));
  });

  test('[P4] a reader who is slow for a moment is not cut off', async () => {
    rig = await startRig({}, { slow: 60_000 });
    const client = await rig.connect();
    await client.subscribe();
    await client.told('subscribed');
    client.pause();
    rig.main.append({ count: 2000, data: { text: 'x'.repeat(10_000) } });
    await until('all was read', async () => (await metric(/^darkroom_stream_lag_events (\d+)/m)) === 0);
    client.resume();

    expect(await client.events(2000)).toEqual(from(1, 2000));
  });

  test('a slow stream of server-sent events is cut off too', async () => {
    rig = await startRig({}, { slow: 1_000 });
    const response = await fetch(`${rig.url}/v1/stream`, { headers: { authorization: `Bearer ${await signToken()}` } });
    rig.main.append({ count: 2000, data: { text: 'x'.repeat(10_000) } });
    await until('it was cut off', async () => (await metric(/cut_off_total\{reason="too_slow"\} (\d+)/)) === 1);

    expect(await response.text()).toMatch(/event: end\ndata: \{"code":"too_slow".*\}\n\n$/);
  });

  test('a client that does not take its answers is not asked for more', async () => {
    rig = await startRig({}, { slow: 1_000 });
    const client = await rig.connect();
    client.pause();
    const flood = setInterval(() => {
      for (let n = 0; n < 2000; n += 1) client.say({ type: 'unsubscribe', subject: 'account' });
    }, 1);
    await until('it was cut off', async () => (await metric(/cut_off_total\{reason="too_slow"\} (\d+)/)) === 1);
    clearInterval(flood);
  });

  test('where no more connections are taken, a request says when to come again', async () => {
    rig = await startRig({ STREAM_MAX_CONNECTIONS: '2' }, { neverSubscribed: 60_000 });
    const first = await rig.connect();
    await first.subscribe();
    await first.told('subscribed');
    await rig.connect();
    const refused = await refusedUpgrade(rig.url);
    expect(refused).toMatchObject({ status: 503, retryAfter: '5', problem: { code: 'overloaded', retryable: true } });
    const response = await fetch(`${rig.url}/v1/stream`, { headers: { authorization: `Bearer ${await signToken()}` } });
    expect([response.status, await response.json()]).toMatchObject([503, { code: 'overloaded' }]);
    expect((await fetch(`${rig.url}/readyz`)).status).toBe(200);

    first.cut();
    await until('a place is free', async () => (await metric(/connections\{channel="websocket"\} (\d+)/)) === 1);
    await (await rig.connect()).subscribe();
  });

  test('an account has no more connections than it may, and others are not concerned', async () => {
    rig = await startRig({ STREAM_MAX_CONNECTIONS_PER_ACCOUNT: '1' }, { neverSubscribed: 60_000 });
    const [first, second, other] = [await rig.connect(), await rig.connect(), await rig.connect()];
    await first.subscribe();
    await first.told('subscribed');
    await second.subscribe();
    expect(await second.ended()).toEqual({ code: 4003, reason: streamClosings.too_many_connections.reason });
    const response = await fetch(`${rig.url}/v1/stream`, { headers: { authorization: `Bearer ${await signToken()}` } });
    expect([response.status, await response.json()]).toMatchObject([429, { code: 'too_many_connections' }]);
    await other.subscribe({ token: await signToken({ sub: 'other' }) });
    await other.told('subscribed');
    expect(await metric(/cut_off_total\{reason="too_many_connections"\} (\d+)/)).toBe(2);

    first.cut();
    await until('its place is free', async () => (await metric(/connections\{channel="websocket"\} (\d+)/)) === 1);
    const next = await rig.connect();
    await next.subscribe();
    await next.told('subscribed');
  });

  test('a connection on which nothing is subscribed is closed, later where something was', async () => {
    // Long enough to subscribe on a machine that stands still for a moment.
    rig = await startRig({}, { neverSubscribed: 10_000, idle: 11_000 });
    const [once, always] = [await rig.connect(), await rig.connect()];
    for (const client of [once, always]) {
      await client.subscribe();
      await client.told('subscribed');
    }
    const never = await rig.connect();
    once.say({ type: 'unsubscribe', subject: 'account' });
    expect(await never.ended()).toEqual({ code: 4001, reason: streamClosings.nothing_subscribed.reason });
    expect((await once.ended()).code).toBe(4001);
    expect(always.closed).toBeUndefined();
    expect(await metric(/cut_off_total\{reason="nothing_subscribed"\} (\d+)/)).toBe(2);
  });

  test('a connection that is quiet hears that it lives, and one whose client does not answer is ended', async () => {
    rig = await startRig({}, { heartbeat: 300, ping: 400, slow: 60_000 });
    const [quiet, gone] = [await rig.connect(), await rig.connect()];
    for (const client of [quiet, gone]) {
      await client.subscribe();
      await client.told('subscribed');
    }
    gone.pause();
    await quiet.told('heartbeat');
    await until('it was ended', async () => (await metric(/cut_off_total\{reason="gone"\} (\d+)/)) === 1);
    expect(quiet.closed).toBeUndefined();
  });

  test('who subscribes while main is away is told once that it waits, and is served when main is back', async () => {
    rig = await startRig({}, { away: 300 });
    rig.main.append({ count: 3 });
    await until('main was read', async () => (await fetch(`${rig.url}/readyz`)).ok);
    await rig.main.stop();
    await until('main is known to be away', async () => (await fetch(`${rig.url}/readyz`)).status === 503);
    const client = await rig.connect();
    await client.subscribe();
    expect(await client.told('error')).toMatchObject({ code: 'log_away', subject: 'account' });
    const response = await fetch(`${rig.url}/v1/stream`, { headers: { authorization: `Bearer ${await signToken()}` } });
    expect([response.status, await response.json()]).toMatchObject([503, { code: 'log_away' }]);
    expect(response.headers.get('retry-after')).toBe('2');
    await rig.main.start();

    expect(await client.events(3)).toEqual([1, 2, 3]);
    expect(client.errors()).toHaveLength(1);
  });
});
