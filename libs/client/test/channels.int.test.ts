import { describe, expect, test } from '@jest/globals';
import type { ChannelInUse } from '../src/index.ts';
import { setUpFollowing } from './set-up-following.ts';
import { callEvent, callIds, sequencesOf } from './test-events.ts';
import { until } from './until.ts';

const [callId] = callIds;
const { api, client, collect } = setUpFollowing();

describe('falls back by itself, and goes back', () => {
  test('[P4] from WebSocket to server-sent events to polling and back, without an event missed, twice or out of order', async () => {
    const { events, channels, subscription } = collect(client());
    let sequence = 0;
    const grow = (count: number) => {
      for (let n = 0; n < count; n += 1) api.log.append(callEvent((sequence += 1), 'call.progress'));
    };
    const arrived = () => until('all have come', () => events.length === sequence);
    const uses = (channel: ChannelInUse) => until(`${channel} is used`, () => subscription.channel === channel);

    grow(5);
    await uses('websocket');
    await arrived();
    api.stream.refuseWebSockets(true);
    api.stream.cut();
    grow(5);
    await uses('sse');
    grow(5);
    await arrived();
    await api.stream.stop();
    grow(5);
    await uses('polling');
    grow(5);
    await arrived();
    await api.stream.start();
    grow(5);
    await uses('sse');
    await arrived();
    api.stream.refuseWebSockets(false);
    await uses('websocket');
    grow(5);
    await arrived();
    const pollsWhilePushed = api.polls();
    grow(5);
    await arrived();
    api.log.append(callEvent(sequence + 1, 'call.completed'));
    await subscription.finished;

    expect(sequencesOf(events)).toEqual(Array.from({ length: sequence + 1 }, (_, index) => index + 1));
    expect(api.polls()).toBe(pollsWhilePushed);
    expect(channels.filter((channel) => channel !== 'connecting')).toEqual([
      'websocket',
      'sse',
      'polling',
      'sse',
      'websocket',
    ]);
  });

  test('[P4] gives what two channels bring at the same time once', async () => {
    api.stream.refuseWebSockets(true);
    api.log.append(callEvent(1, 'call.accepted'));
    const { events, subscription } = collect(client());
    await until('it is followed by server-sent events', () => subscription.channel === 'sse' && events.length === 1);
    const answer = api.stream.holdSubscriptions();
    api.stream.refuseWebSockets(false);
    await until('it is about to be followed by WebSocket too', () => api.stream.heard.length === 1);
    api.log.append(callEvent(2, 'call.processing'), callEvent(3, 'call.progress'));
    await until('they have come by server-sent events', () => events.length === 3);
    answer();
    await until('it is followed by WebSocket', () => subscription.channel === 'websocket');
    api.log.append(callEvent(4, 'call.completed'));
    await subscription.finished;

    expect(api.stream.heard[0]).toMatchObject({ type: 'subscribe', after: 1 });
    expect(sequencesOf(events)).toEqual([1, 2, 3, 4]);
  });

  test('follows by polling where there is no push at all', async () => {
    await api.stream.stop();
    api.log.append(callEvent(1, 'call.accepted'));
    const { events, subscription } = collect(client());
    await until('it polls', () => subscription.channel === 'polling');
    api.log.append(callEvent(2, 'call.processing'), callEvent(3, 'call.completed'));
    await subscription.finished;

    expect(sequencesOf(events)).toEqual([1, 2, 3]);
    await api.stream.start();
  });

  test('polls while the stream cannot read the log, also behind events, and goes back when it is told that it can', async () => {
    api.log.append(callEvent(1, 'call.accepted'));
    const { events, channels, subscription } = collect(client({ channels: ['websocket', 'polling'] }));
    await until('the first has come', () => events.length === 1);
    api.stream.broadcast({ type: 'error', code: 'log_away', detail: 'Wait.', subject: callId });
    await until('it has polled', () => subscription.channel === 'polling' && api.polls() > 0);
    api.stream.broadcast({ type: 'subscribed', subject: callId, after: 0 });
    await until('it is followed by WebSocket', () => subscription.channel === 'websocket');
    api.log.append(callEvent(2, 'call.completed'));
    await subscription.finished;

    expect(sequencesOf(events)).toEqual([1, 2]);
    expect(channels).toEqual(['connecting', 'websocket', 'polling', 'websocket']);
    expect(api.stream.webSocketsOpened).toBe(1);
  });

  test('gives up after as many polls as it may, and says how to go on', async () => {
    api.log.append(callEvent(1, 'call.accepted'));
    const { subscription } = collect(client({ channels: ['polling'], polling: { intervalSeconds: 0.01, times: 7 } }));

    await expect(subscription.finished).rejects.toMatchObject({
      code: 'gave_up_polling',
      message: expect.stringContaining('after: 1'),
    });
    expect(api.polls()).toBe(7);
  });

  test('survives a main that answers nothing for a while', async () => {
    api.log.append(callEvent(1, 'call.accepted'));
    let refusals = 0;
    api.intercept((_request, response) => {
      if ((refusals += 1) > 6) return 'pass';
      response.destroy();
      return 'answered';
    });
    const { events, subscription } = collect(client());
    await until('the first has come', () => events.length === 1);
    api.log.append(callEvent(2, 'call.completed'));
    await subscription.finished;

    expect(sequencesOf(events)).toEqual([1, 2]);
  });
});

describe('the connections of one client', () => {
  test('are shared by its subscriptions, up to what a server takes', async () => {
    api.stream.limitSubscriptions(2);
    const ids = Array.from({ length: 5 }, (_, index) => `call_01k3x5c5jyfvhbqm6w8r9c4r0${index}`);
    api.log.append(...ids.map((id, index) => callEvent(index + 1, 'call.accepted', id)));
    const darkroom = client({ channels: ['websocket'] });
    const seen: string[] = [];
    const subscriptions = ids.map((call) =>
      darkroom.subscribe({ call, onEvent: ({ type }) => seen.push(`${call} ${type}`) }),
    );
    await until('all are followed', () => subscriptions.every(({ channel }) => channel === 'websocket'));
    expect(api.stream.webSockets).toBe(3);
    api.log.append(...ids.map((id, index) => callEvent(index + 6, 'call.completed', id)));
    await Promise.all(subscriptions.map(({ finished }) => finished));

    expect(seen.sort()).toEqual(ids.flatMap((id) => [`${id} call.accepted`, `${id} call.completed`]).sort());
    await until('nothing is open', () => api.stream.webSockets === 0);
  });

  test('are two where one subject is followed twice', async () => {
    api.log.append(callEvent(1, 'call.accepted'));
    const darkroom = client({ channels: ['websocket'] });
    const [one, other] = [collect(darkroom), collect(darkroom)];
    await until('both have the first', () => one.events.length + other.events.length === 2);
    api.log.append(callEvent(2, 'call.completed'));
    await Promise.all([one.subscription.finished, other.subscription.finished]);

    expect([sequencesOf(one.events), sequencesOf(other.events)]).toEqual([
      [1, 2],
      [1, 2],
    ]);
  });
});

describe('the streams of server-sent events of one client', () => {
  /** Follows six calls without WebSockets, which may be polled for 20 times. */
  function followSix() {
    const ids = Array.from({ length: 6 }, (_, index) => `call_01k3x5c5jyfvhbqm6w8r9c4r0${index}`);
    api.log.append(...ids.map((id, index) => callEvent(index + 1, 'call.accepted', id)));
    const darkroom = client({ channels: ['sse', 'polling'], polling: { intervalSeconds: 0.01, times: 20 } });
    const subscriptions = ids.map((call) => darkroom.subscribe({ call, onEvent: () => undefined }));
    const end = (id: string, sequence: number) => api.log.append(callEvent(sequence, 'call.completed', id));
    return { ids, subscriptions, end };
  }
  const following = (subscriptions: { channel: ChannelInUse }[], channel: ChannelInUse) =>
    subscriptions.filter((subscription) => subscription.channel === channel).length;

  test('are as many as its subscriptions on a server', async () => {
    const { ids, subscriptions, end } = followSix();
    await until('all are followed', () => following(subscriptions, 'sse') === 6);
    ids.forEach((id, index) => end(id, index + 7));
    await Promise.all(subscriptions.map(({ finished }) => finished));

    expect(api.polls()).toBe(0);
  });

  test('are few on a page, where whoever has none polls until one of them ends', async () => {
    Object.assign(globalThis, { location: new URL(api.url) });
    try {
      const { ids, subscriptions, end } = followSix();
      await until(
        'four are followed and two polled',
        () => following(subscriptions, 'sse') === 4 && following(subscriptions, 'polling') === 2,
      );
      const polls = api.polls();
      await until('each was polled more often than it may be without push', () => api.polls() > polls + 60);
      expect(following(subscriptions, 'sse')).toBe(4);
      ids.slice(0, 4).forEach((id, index) => end(id, index + 7));
      ids.slice(4).forEach((id, index) => end(id, index + 11));
      await Promise.all(subscriptions.map(({ finished }) => finished));
    } finally {
      Reflect.deleteProperty(globalThis, 'location');
    }
  });
});
