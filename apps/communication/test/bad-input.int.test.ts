import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createId, streamClosings, type StreamServerMessage } from '@darkroom/contract';
import { until } from '@darkroom/testing';
import { type Rig, startRig } from './start-rig.ts';
import { refusedUpgrade } from './refused-upgrade.ts';
import { StreamClient } from './stream-client.ts';
import { signToken, tokenSecret } from './stream-token.ts';

describe('what no client should send', () => {
  let rig: Rig;
  let client: StreamClient;

  beforeAll(async () => {
    // Thousands of tokens are signed before the first subscription.
    rig = await startRig({ STREAM_MAX_SUBSCRIPTIONS: '50' }, { neverSubscribed: 60_000 });
  });

  beforeEach(async () => {
    client = await rig.connect();
  });

  afterAll(() => rig.stop());

  const answered = async (message: unknown): Promise<Extract<StreamServerMessage, { type: 'error' }>> => {
    client.say(message);
    return client.told('error');
  };

  /** The connection lives, and does what it is asked. */
  const expectUsable = async (): Promise<void> => {
    await client.subscribe({ after: 'latest' });
    await client.told('subscribed');
    expect(client.closed).toBeUndefined();
  };

  test.each([
    ['a text that is no JSON', 'hello', 'not_json'],
    ['an empty message', '', 'not_json'],
    ['bytes instead of text', Buffer.from('{"type":"unsubscribe","subject":"account"}'), 'not_json'],
    ['a list', [], 'unknown_message'],
    ['null', 'null', 'unknown_message'],
    ['an unknown type', { type: 'shout' }, 'unknown_message'],
    ['a subscription without a token', { type: 'subscribe' }, 'unknown_message'],
    ['more than is known', { type: 'unsubscribe', subject: 'account', force: true }, 'unknown_message'],
    ['a subject that is none', { type: 'unsubscribe', subject: 'call_nobody' }, 'unknown_message'],
    ['a sequence below zero', { type: 'subscribe', token: 'x', after: -1 }, 'unknown_message'],
    ['half a sequence', { type: 'subscribe', token: 'x', after: 1.5 }, 'unknown_message'],
    ['a sequence that no number holds', '{"type":"subscribe","token":"x","after":1e400}', 'unknown_message'],
    ['something followed that is not', { type: 'unsubscribe', subject: 'account' }, 'not_subscribed'],
    ['a token that is none', { type: 'subscribe', token: 'x.y.z' }, 'token_refused'],
  ])('%s is answered with an error, and the connection lives on', async (_name, message, code) => {
    expect(await answered(message)).toMatchObject({ type: 'error', code, detail: expect.stringMatching(/\w/) });
    await expectUsable();
  });

  test('what is wrong with a message is said', async () => {
    expect((await answered({ type: 'subscribe', token: 'x', after: -1 })).detail).toMatch(/`after`/);
  });

  test('a message that is too large closes the connection, which says how large it may be', async () => {
    client.say(`{"type":"subscribe","token":"${'x'.repeat(20_000)}"}`);

    expect(await client.ended()).toEqual({
      code: streamClosings.message_too_large.code,
      reason: streamClosings.message_too_large.reason,
    });
    const metrics = await (await fetch(`${rig.internalUrl}/metrics`)).text();
    expect(metrics).toContain('darkroom_stream_cut_off_total{reason="message_too_large"} 1\n');
  });

  test('twenty wrong messages in a row close the connection, and nineteen do not', async () => {
    for (let n = 0; n < 19; n += 1) client.say('nonsense');
    await expectUsable();
    for (let n = 0; n < 20; n += 1) client.say('nonsense');

    expect(await client.ended()).toMatchObject({ code: 4000, reason: streamClosings.too_many_faults.reason });
  });

  test('thousands of subscriptions: those over the limit are refused one by one, the others work', async () => {
    const callIds = Array.from({ length: 50 }, () => rig.main.append());
    const otherIds = Array.from({ length: 2000 }, () => createId('call'));
    const others = await Promise.all(otherIds.map((subject) => signToken({ subject })));
    for (const subject of callIds) await client.subscribe({ subject });
    for (const token of others) await client.subscribe({ token });
    await until('all were answered', () => client.errors().length >= 2000);

    expect(client.errors()).toEqual(otherIds.map((subject) => ({ code: 'too_many_subscriptions', subject })));
    for (const callId of callIds) await client.events(1, callId);
    client.say({ type: 'unsubscribe', subject: callIds[0] });
    await client.told('unsubscribed');
    const [one = ''] = others;
    await client.subscribe({ token: one });
    await until(
      'one more was subscribed',
      () => client.messages.filter(({ type }) => type === 'subscribed').length === 51,
    );
  });

  test('the same subject twice on one connection is refused, and comes once', async () => {
    const token = await signToken({ sub: 'twice' });
    await client.subscribe({ token });
    await client.subscribe({ token });
    expect(await client.told('error')).toMatchObject({ code: 'already_subscribed', subject: 'account' });
    rig.main.append({ accountId: 'twice', count: 3 });
    expect(await client.events(3)).toEqual([1, 2, 3]);
  });

  test('a sequence from the future ends the subscription and says how far the log goes', async () => {
    const token = await signToken({ sub: 'young' });
    rig.main.append({ accountId: 'young', count: 4 });
    await client.subscribe({ token, after: 900 });
    const { code, subject, detail } = await client.told('error');
    expect({ code, subject }).toEqual({ code: 'sequence_ahead', subject: 'account' });
    expect(detail).toContain('4');
    expect(client.messages).toHaveLength(1);

    await client.subscribe({ token, after: 2 });
    expect(await client.events(2)).toEqual([3, 4]);
  });

  test('a sequence that is older than what is kept ends the subscription and says where to read on', async () => {
    const token = await signToken({ sub: 'old' });
    rig.main.append({ accountId: 'old', count: 1200 });
    rig.main.removedThrough.set('old', 1150);
    await client.subscribe({ token, after: 3 });
    const { code, removedThrough } = await client.told('error');
    expect({ code, removedThrough }).toEqual({ code: 'events_removed', removedThrough: 1150 });

    await client.subscribe({ token, after: 1150 });
    expect(await client.events(50)).toEqual(Array.from({ length: 50 }, (_, index) => 1151 + index));
  });

  test.each([
    ['signed by somebody else', { secret: `${tokenSecret}?` }, 'token_refused'],
    ['that has expired', { seconds: -60 }, 'token_expired'],
    ['made for something else', { aud: 'darkroom-web' as never }, 'token_refused'],
    ['of another issuer', { iss: 'elsewhere' as never }, 'token_refused'],
    ['for a subject that is none', { subject: 'everything' as never }, 'token_refused'],
  ])('a token %s is refused', async (_name, facts, code) => {
    expect(await answered({ type: 'subscribe', token: await signToken(facts) })).toMatchObject({ code });
    expect(client.sequences()).toEqual([]);
    await expectUsable();
  });

  test('a token without a signature, or with another way of signing, is refused', async () => {
    const [, payload] = (await signToken()).split('.');
    const head = (facts: object) => Buffer.from(JSON.stringify(facts)).toString('base64url');
    for (const token of [`${head({ alg: 'none' })}.${payload}.`, `${head({ alg: 'HS512' })}.${payload}.c2lnbmF0dXJl`]) {
      client.say({ type: 'subscribe', token });
    }
    await until('both were answered', () => client.errors().length === 2);
    expect(client.errors()).toEqual([{ code: 'token_refused' }, { code: 'token_refused' }]);
  });

  test.each([
    ['a page of another site', { origin: 'https://evil.example' }, 403, 'foreign_origin'],
    ['a name that was rebound to this machine', { host: 'evil.example:3001' }, 403, 'foreign_host'],
  ])('%s gets no WebSocket', async (_who, headers, status, code) => {
    expect(await refusedUpgrade(rig.url, headers)).toMatchObject({ status, problem: { code, status } });
  });

  test.each(['?token=x.y.z', '?api_key=secret', '?after=4'])(
    'a WebSocket with %s in its address is refused',
    async (query) => {
      const { status, problem } = await refusedUpgrade(rig.url, {}, `/v1/stream${query}`);
      expect([status, problem]).toMatchObject([422, { code: 'invalid_request', status: 422 }]);
      expect(JSON.stringify(problem)).not.toMatch(/x\.y\.z|secret/);
    },
  );

  test('the page of main gets one, and nobody at another address', async () => {
    const page = await StreamClient.connect(rig.url, { origin: 'http://localhost:3000' });
    await page.subscribe({ after: 'latest' });
    await page.told('subscribed');
    page.cut();
    expect(await refusedUpgrade(rig.url, {}, '/v1/elsewhere')).toMatchObject({
      status: 404,
      problem: { code: 'not_found' },
    });
  });

  test('[P6] a connection of one account takes no token of another', async () => {
    rig.main.append({ accountId: 'foreign' });
    await client.subscribe({ after: 'latest' });
    await client.told('subscribed');
    await client.subscribe({ token: await signToken({ sub: 'foreign' }) });
    expect(await client.told('error')).toMatchObject({ code: 'token_refused' });
    rig.main.append({ accountId: 'foreign' });
    const callId = rig.main.append();
    await client.events(1);
    const shown = client.messages.flatMap((message) => (message.type === 'event' ? [message.event] : []));
    expect(shown).toMatchObject([{ callId }]);
  });
});
