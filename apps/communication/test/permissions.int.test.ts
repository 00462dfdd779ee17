import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createId, type StreamServerMessage } from '@darkroom/contract';
import { until } from '@darkroom/testing';
import { type Rig, startRig } from './start-rig.ts';
import type { StreamClient } from './stream-client.ts';
import { signToken } from './stream-token.ts';

describe('a token and the session behind it', () => {
  let rig: Rig;

  beforeAll(async () => {
    // That `main` is away for a while, or nothing happens, is nothing that these tests are told of.
    rig = await startRig({}, { away: 60_000, neverSubscribed: 60_000, heartbeat: 60_000 });
  });

  afterAll(() => rig.stop());

  /**
   * Follows the account with a token of which a fifth is left, until that was told. Where the machine stands still until its end, which
   * is some seconds later, nothing can be told before that: then with one that lasts longer.
   */
  const followUntilExpiring = async (sub: string, then?: (client: StreamClient) => Promise<'told' | 'ended'>) => {
    for (const seconds of [5, 15, 45]) {
      const client = await rig.connect();
      await client.subscribe({ token: await signToken({ sub, ageSeconds: 600, seconds }) });
      const expiring = await until('its end is told', () => answerOf(client.messages, 'token_expiring'));
      if (expiring === 'told' && (await then?.(client)) !== 'ended') return client;
      client.cut();
    }
    throw new Error('Each ended before it could be told.');
  };

  test('a token that expires ends its subscription, tells so before, and leaves others alone', async () => {
    const callId = rig.main.append();
    const client = await followUntilExpiring('default');
    await client.subscribe({ subject: callId });
    expect(await client.told('token_expiring')).toMatchObject({ subject: 'account' });
    expect(await client.told('error')).toMatchObject({ code: 'token_expired', subject: 'account' });
    const seen = client.sequences().length;
    rig.main.append({ callId });
    await client.events(2, callId);

    expect(client.sequences()).toHaveLength(seen);
    expect(client.messages.filter(({ type }) => type === 'token_expiring')).toHaveLength(1);
  });

  test('[P4] a token that is renewed in time ends nothing, and no event is missed or repeated', async () => {
    const accountId = 'renewing';
    rig.main.append({ accountId, count: 2 });
    const client = await followUntilExpiring(accountId, async (expiring) => {
      expiring.say({ type: 'renew', token: await signToken({ sub: accountId, seconds: 300 }) });
      return until('it is renewed, or has ended', () => answerOf(expiring.messages, 'renewed'));
    });
    const { expiresAt, subject } = await client.told('renewed');
    expect(subject).toBe('account');
    expect(Date.parse(expiresAt)).toBeGreaterThan(Date.now() + 200_000);
    const secondsLeft = (Date.parse((await client.told('token_expiring')).expiresAt) - Date.now()) / 1000;
    const bystander = await rig.connect();
    // Its token ends behind the one that is renewed.
    const seconds = Math.max(Math.ceil(secondsLeft) + 1, 5);
    await bystander.subscribe({ token: await signToken({ sub: accountId, seconds }), after: 'latest' });
    expect(await bystander.told('error')).toMatchObject({ code: 'token_expired' });
    rig.main.append({ accountId });

    expect(await client.events(3)).toEqual([1, 2, 3]);
    expect(client.errors()).toEqual([]);
  });

  test('that a token is about to expire is told again of the one that it was renewed with', async () => {
    const client = await rig.connect();
    const oldToken = () => signToken({ sub: 'renewing twice', ageSeconds: 600, seconds: 60 });
    await client.subscribe({ token: await oldToken() });
    await client.told('token_expiring');
    client.say({ type: 'renew', token: await oldToken() });
    await client.told('renewed');

    await until('it is told again', () => client.messages.filter(({ type }) => type === 'token_expiring').length === 2);
  });

  test('a renewal with a token of another subject, of another account or of nobody changes nothing', async () => {
    const accountId = 'unrenewed';
    const client = await rig.connect();
    await client.subscribe({ token: await signToken({ sub: accountId }) });
    await client.told('subscribed');
    for (const facts of [
      { sub: accountId, subject: createId('call') },
      { sub: 'somebody' },
      { secret: 'of somebody else' },
    ])
      client.say({ type: 'renew', token: await signToken(facts) });
    await until('all were answered', () => client.errors().length === 3);
    rig.main.append({ accountId });

    expect(client.errors().map(({ code }) => code)).toEqual(['not_subscribed', 'token_refused', 'token_refused']);
    expect(await client.events(1)).toEqual([1]);
  });

  test('a renewal with a token that has expired, or of a session that has ended, names its subject and changes nothing', async () => {
    const accountId = 'renewed-too-late';
    const sid = createId('ses');
    const callId = rig.main.append({ accountId });
    const [other, client] = [await rig.connect(), await rig.connect()];
    await other.subscribe({ token: await signToken({ sub: accountId, sid }) });
    await other.events(1);
    rig.main.endSession(sid);
    await other.told('error');
    await client.subscribe({ token: await signToken({ sub: accountId, subject: callId }) });
    await client.events(1, callId);
    client.say({ type: 'renew', token: await signToken({ sub: accountId, subject: callId, seconds: -60 }) });
    client.say({ type: 'renew', token: await signToken({ sub: accountId, subject: callId, sid }) });
    await until('both were answered', () => client.errors().length === 2);
    rig.main.append({ accountId, callId });

    expect(client.errors()).toEqual([
      { code: 'token_expired', subject: callId },
      { code: 'session_ended', subject: callId },
    ]);
    expect(await client.events(2, callId)).toEqual([1, 2]);
    expect(client.messages.flatMap((message) => (message.type === 'error' ? [message.detail] : []))).toEqual([
      expect.stringContaining('keeps the token'),
      expect.stringContaining('keeps the token'),
    ]);
  });

  test('signing out ends what was subscribed by that session within seconds, and its tokens open nothing more', async () => {
    const accountId = 'signed-out';
    const [sid, other] = [createId('ses'), createId('ses')];
    const client = await rig.connect();
    const callId = rig.main.append({ accountId });
    const token = await signToken({ sub: accountId, sid });
    await client.subscribe({ token });
    await client.subscribe({ token: await signToken({ sub: accountId, sid: other, subject: callId }) });
    await client.events(1, callId);
    const stream = await fetch(`${rig.url}/v1/stream`, { headers: { authorization: `Bearer ${token}` } });
    rig.main.endSession(sid);
    expect(await client.told('error')).toMatchObject({ code: 'session_ended', subject: 'account' });
    expect(await stream.text()).toContain('event: end\ndata: {"code":"session_ended"');

    rig.main.append({ accountId, callId });
    await client.events(2, callId);
    expect(client.sequences()).toEqual([1]);
    await client.subscribe({ token });
    await until('it was refused', () => client.errors().length === 2);
    expect(client.errors()[1]).toMatchObject({ code: 'session_ended' });
    const again = await fetch(`${rig.url}/v1/stream`, { headers: { authorization: `Bearer ${token}` } });
    expect([again.status, await again.json()]).toMatchObject([401, { code: 'session_ended' }]);
  });

  test('a session that ended before anybody followed anything with it opens nothing', async () => {
    const accountId = 'ended-before';
    const sid = createId('ses');
    const token = await signToken({ sub: accountId, sid });
    rig.main.append({ accountId, count: 3 });
    const witness = await rig.connect();
    await witness.subscribe({ token: await signToken({ sub: accountId }) });
    await witness.events(3);
    rig.main.endSession(sid);
    const client = await rig.connect();
    await client.subscribe({ token });
    expect(await client.told('error')).toMatchObject({ code: 'session_ended', subject: 'account' });
    const stream = await fetch(`${rig.url}/v1/stream`, { headers: { authorization: `Bearer ${token}` } });

    expect(client.messages).toHaveLength(1);
    expect([stream.status, await stream.json()]).toMatchObject([401, { code: 'session_ended' }]);
  });

  test('while main cannot say whether a session lives, its tokens show nothing, not even what is at hand', async () => {
    const accountId = 'asked-later';
    const [ended, alive] = [createId('ses'), createId('ses')];
    rig.main.append({ accountId, count: 3 });
    const witness = await rig.connect();
    await witness.subscribe({ token: await signToken({ sub: accountId }) });
    await witness.events(3);
    rig.main.endSession(ended);
    await rig.main.stop();
    const [refused, served] = [await rig.connect(), await rig.connect()];
    await refused.subscribe({ token: await signToken({ sub: accountId, sid: ended }) });
    await served.subscribe({ token: await signToken({ sub: accountId, sid: alive }) });
    await until('main is known to be away', async () => (await fetch(`${rig.url}/readyz`)).status === 503);
    expect([served.messages, refused.messages]).toEqual([[], []]);
    await rig.main.start();

    expect(await refused.told('error')).toMatchObject({ code: 'session_ended' });
    expect(refused.sequences()).toEqual([]);
    expect(await served.events(3)).toEqual([1, 2, 3]);
  });
});

/** Whether a message of the type came, or the end before it. */
function answerOf(
  messages: readonly StreamServerMessage[],
  wanted: StreamServerMessage['type'],
): 'told' | 'ended' | undefined {
  if (messages.some(({ type }) => type === wanted)) return 'told';
  return messages.some(({ type }) => type === 'error') ? 'ended' : undefined;
}
