import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createId, streamClosings } from '@darkroom/contract';
import { until } from '@darkroom/testing';
import { type Rig, startRig } from './start-rig.ts';
import { signToken } from './stream-token.ts';

const from = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index);

describe('a stream over a WebSocket', () => {
  let rig: Rig;

  beforeAll(async () => {
    // That `main` is away for a while is nothing that these tests are told of.
    rig = await startRig({}, { away: 60_000 });
  });

  afterAll(() => rig.stop());

  /** A new account's name, so that tests do not meet. */
  let accounts = 0;
  const newAccount = () => `account-${(accounts += 1)}`;
  const tokenOf = (accountId: string, subject = 'account') => signToken({ sub: accountId, subject });

  test('[P4] shows the account’s events from the beginning and as they come, exactly as the log has them', async () => {
    const accountId = newAccount();
    rig.main.append({ accountId, count: 3 });
    const client = await rig.connect();
    await client.subscribe({ token: await tokenOf(accountId) });
    expect(await client.told('subscribed')).toEqual({ type: 'subscribed', subject: 'account', after: 0 });
    await client.events(3);
    rig.main.append({ accountId, count: 2, data: { text: 'Zeile\n„zwei“ \u2028 漢字' } });
    await client.events(5);

    const events = client.messages.flatMap((message) => (message.type === 'event' ? [message.event] : []));
    expect(events).toEqual(rig.main.log(accountId));
  });

  test('[P4] who subscribes to a call or a batch gets its events and no others, with the account’s sequences', async () => {
    const accountId = newAccount();
    const batchId = createId('bat');
    const callId = rig.main.append({ accountId });
    rig.main.appendToBatch(batchId, 'batch.accepted', accountId);
    rig.main.append({ accountId, count: 2 });
    rig.main.append({ accountId, callId });
    const client = await rig.connect();
    await client.subscribe({ token: await tokenOf(accountId, callId) });
    await client.subscribe({ token: await tokenOf(accountId, batchId), after: 0 });
    await client.events(2, callId);
    rig.main.appendToBatch(batchId, 'batch.completed', accountId);
    rig.main.append({ accountId });
    rig.main.append({ accountId, callId });

    expect(await client.events(3, callId)).toEqual([1, 5, 8]);
    expect(await client.events(2, batchId)).toEqual([2, 6]);
    expect(client.sequences()).toEqual([]);
  });

  test('[P4] behind a sequence come the events after it, and `latest` means those that are still to come', async () => {
    const accountId = newAccount();
    rig.main.append({ accountId, count: 9 });
    const [behind, latest] = [await rig.connect(), await rig.connect()];
    const token = await tokenOf(accountId);
    await behind.subscribe({ token, after: 7 });
    await latest.subscribe({ token, after: 'latest' });
    expect([(await behind.told('subscribed')).after, (await latest.told('subscribed')).after]).toEqual([7, 9]);
    rig.main.append({ accountId });

    expect(await behind.events(3)).toEqual([8, 9, 10]);
    expect(await latest.events(1)).toEqual([10]);
  });

  test('[P4] who was away while communication and main restarted gets everything after its last sequence, once and in order', async () => {
    const accountId = newAccount();
    const token = await tokenOf(accountId);
    const callId = rig.main.append({ accountId, count: 3 });
    const client = await rig.connect();
    await client.subscribe({ token });
    await client.events(3);

    await rig.main.stop();
    rig.main.append({ accountId, callId, count: 1500 });
    await rig.restart();
    expect((await client.ended()).code).toBe(streamClosings.going_away.code);
    const again = await rig.connect();
    await again.subscribe({ token, after: 3 });
    await again.subscribe({ token: await tokenOf(accountId, callId), after: 2 });
    await rig.main.start();
    rig.main.append({ accountId, count: 10 });

    expect(await again.events(1510)).toEqual(from(4, 1513));
    expect(await again.events(1501, callId)).toEqual(from(3, 1503));
    expect(again.errors()).toEqual([]);
  });

  test('[P4] a subscription lives on while main is away, and its events come when it is back', async () => {
    const accountId = newAccount();
    const client = await rig.connect();
    await client.subscribe({ token: await tokenOf(accountId) });
    await client.told('subscribed');
    await rig.main.stop();
    rig.main.append({ accountId, count: 700 });
    await rig.main.start();

    expect(await client.events(700)).toEqual(from(1, 700));
    expect(client.errors()).toEqual([]);
  });

  test('an event comes with the news of it, not with the next comparison', async () => {
    const accountId = newAccount();
    const client = await rig.connect();
    await client.subscribe({ token: await tokenOf(accountId) });
    await client.told('subscribed');
    const { comparisons } = rig.main;
    for (const count of from(1, 8)) {
      rig.main.append({ accountId });
      await client.events(count);
    }

    expect(rig.main.comparisons - comparisons).toBeLessThan(8);
  });

  test('[P4] news that are lost cost time, and no event', async () => {
    const accountId = newAccount();
    const client = await rig.connect();
    await client.subscribe({ token: await tokenOf(accountId) });
    await client.told('subscribed');
    rig.main.tellsNews = false;
    rig.main.append({ accountId, count: 5 });
    const sequences = await client.events(5);
    rig.main.tellsNews = true;

    expect(sequences).toEqual(from(1, 5));
  });

  test('many who come back at once cost main one reading of the log', async () => {
    const accountId = newAccount();
    const callIds = from(1, 100).map(() => rig.main.append({ accountId, count: 2 }));
    const tokens = await Promise.all(callIds.map((callId) => tokenOf(accountId, callId)));
    const first = await rig.connect();
    await first.subscribe({ token: await tokenOf(accountId), after: 'latest' });
    await first.told('subscribed');
    const readBefore = rig.main.pagesRead;
    const clients = await Promise.all(tokens.map(() => rig.connect()));
    await Promise.all(clients.map((client, index) => client.subscribe({ token: tokens[index] ?? '' })));
    for (const [index, client] of clients.entries()) await client.events(2, callIds[index]);

    expect(rig.main.pagesRead).toBe(readBefore);
  });

  test('after it has unsubscribed nothing more comes, and the connection can be used again', async () => {
    const accountId = newAccount();
    const token = await tokenOf(accountId);
    const client = await rig.connect();
    await client.subscribe({ token });
    rig.main.append({ accountId });
    await client.events(1);
    client.say({ type: 'unsubscribe', subject: 'account' });
    await client.told('unsubscribed');
    rig.main.append({ accountId, count: 2 });
    await client.subscribe({ token, after: 2 });

    expect(await client.events(2)).toEqual([1, 3]);
  });

  test('connections have no timers of their own', async () => {
    const accountId = newAccount();
    const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
    const token = await tokenOf(accountId);
    const warm = await rig.connect();
    await warm.subscribe({ token });
    await warm.told('subscribed');
    const before = timers();
    const clients = await Promise.all(from(1, 60).map(() => rig.connect()));
    await Promise.all(clients.map((client) => client.subscribe({ token })));
    await Promise.all(clients.map((client) => client.told('subscribed')));

    // Each client of this test is in the same process.
    await until('no more than a handful of timers run', () => timers() < before + 20);
  });
});
