import { describe, expect, test } from '@jest/globals';
import { type AccountEvent, type Channel, createDarkroom } from '../src/index.ts';
import { setUpFollowing } from './set-up-following.ts';
import { batchId, callEvent, callIds, courseOfCall, sequencesOf } from './test-events.ts';
import { until } from './until.ts';

const [callId, otherCallId] = callIds;
const { api, client, collect } = setUpFollowing();

describe('[P4] the events of a call come once, in order, to its end', () => {
  test.each<Channel>(['websocket', 'sse', 'polling'])('by %s', async (channel) => {
    const course = courseOfCall(150);
    api.log.append(...course.slice(0, 120));
    const { events, channels, subscription } = collect(client({ channels: [channel] }));
    await until('the first have come', () => events.length === 120);
    for (const event of course.slice(120)) api.log.append(event);
    await subscription.finished;

    expect(events).toEqual(course);
    expect(channels.filter((one) => one !== 'connecting')).toEqual([channel]);
    expect(subscription.lastSequence).toBe(course.length);
    await until('nothing is open', () => api.stream.webSockets + api.stream.eventStreams === 0);
  });

  test('from the sequence on that was seen last', async () => {
    api.log.append(...courseOfCall(5));
    const { events, subscription } = collect(client(), 4);
    await subscription.finished;

    expect(sequencesOf(events)).toEqual([5, 6, 7, 8]);
  });

  test('and none where the end was seen already', async () => {
    api.log.append(...courseOfCall(1));
    const { events, subscription } = collect(client(), 4);
    await subscription.finished;

    expect(events).toEqual([]);
  });

  test('also to whoever iterates, slower than they come', async () => {
    const course = courseOfCall(3_500);
    api.log.append(...course);
    const seen: number[] = [];
    for await (const { sequence } of client().subscribe({ call: callId })) {
      seen.push(sequence);
      if (sequence % 500 === 0) await new Promise((later) => setTimeout(later, 20));
    }

    expect(seen).toEqual(sequencesOf(course));
    expect(api.stream.heard.filter(({ type }) => type === 'subscribe').length).toBeGreaterThan(1);
  });
});

describe('a subscription', () => {
  test('of the account brings the events of all calls, from now on where it is asked for the latest', async () => {
    api.log.append(callEvent(1, 'call.accepted'), callEvent(2, 'call.completed'));
    const seen: AccountEvent[] = [];
    const subscription = client().subscribe({ account: true, after: 'latest', onEvent: (event) => seen.push(event) });
    await until('it is open', () => subscription.channel === 'websocket');
    expect(subscription.lastSequence).toBe(2);
    api.log.append(callEvent(3, 'call.accepted', otherCallId), callEvent(4, 'call.completed', otherCallId));
    await until('both have come', () => seen.length === 2);
    subscription.close();
    await subscription.finished;

    expect(sequencesOf(seen)).toEqual([3, 4]);
  });

  test.each<[string, number | 'latest', string, number[]]>([
    ['the latest', 'latest', '/v1/tokens', [5]],
    ['a sequence', 2, `/v1/calls/${callId}`, [3, 4, 5]],
  ])('from %s on survives a main that is restarting when it begins', async (_what, after, path, sequences) => {
    api.log.append(...courseOfCall(2).slice(0, 4));
    const refused = api.refuse(path, 7);
    const seen: AccountEvent[] = [];
    const subscription = client().subscribe({ call: callId, after, onEvent: (event) => seen.push(event) });
    await until('it is followed', () => subscription.channel === 'websocket');
    api.log.append(callEvent(5, 'call.completed'));
    await subscription.finished;

    expect(refused()).toBe(7);
    expect(sequencesOf(seen)).toEqual(sequences);
  });

  test('of what has ended survives a main that is restarting when the rest is read', async () => {
    api.log.append(...courseOfCall(2));
    const refused = api.refuse('/events', 7);
    const { events, subscription } = collect(client(), 2);
    await subscription.finished;

    expect(refused()).toBe(7);
    expect(sequencesOf(events)).toEqual([3, 4, 5]);
  });

  test.each<[string, number | 'latest']>([
    ['the latest', 'latest'],
    ['a sequence', 2],
  ])('from %s on is asked of something else as often as it may be polled, and no longer', async (_what, after) => {
    let asked = 0;
    api.intercept((_request, response) => {
      asked += 1;
      response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Welcome to this network</p>');
      return 'answered';
    });
    const darkroom = client({ polling: { intervalSeconds: 0, times: 7 } });
    const { finished } = darkroom.subscribe({ call: callId, after, onEvent: () => undefined });

    await expect(finished).rejects.toMatchObject({ code: 'unexpected_answer' });
    expect(asked).toBe(7);
  });

  test('of a batch ends with the batch', async () => {
    const createdAt = '2026-01-31T12:00:00.000Z';
    const calls = { total: 1, pending: 0, processing: 0, completed: 1, failed: 0, cancelled: 0 };
    api.log.append({ sequence: 1, batchId, type: 'batch.accepted', status: 'pending', data: { calls }, createdAt });
    api.log.append({ sequence: 2, batchId, type: 'batch.completed', status: 'completed', data: { calls }, createdAt });
    const types: string[] = [];
    for await (const { type } of client().subscribe({ batch: batchId })) types.push(type);

    expect(types).toEqual(['batch.accepted', 'batch.completed']);
  });

  test('of something that does not exist is refused', async () => {
    await expect(collect(client()).subscription.finished).rejects.toMatchObject({ code: 'not_found', status: 404 });
    await expect(
      (async () => {
        for await (const event of client().subscribe({ call: callId }))
          throw new Error(`Nothing is there: ${event.type}`);
      })(),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  test.each<Channel>(['websocket', 'sse'])(
    'of something that does not exist is refused by %s alone',
    async (channel) => {
      const { subscription } = collect(client({ channels: [channel] }));

      await expect(subscription.finished).rejects.toMatchObject({ code: 'not_found', status: 404 });
      await until('nothing is open', () => api.stream.webSockets + api.stream.eventStreams === 0);
    },
  );

  test('that may use no channel that there is says so', async () => {
    const darkroom = createDarkroom({ baseUrl: api.url, channels: [] });

    await expect(collect(darkroom).subscription.finished).rejects.toThrow('None of the channels');
  });

  test('from beyond the end of the log is refused', async () => {
    api.log.append(callEvent(1, 'call.accepted'));

    await expect(collect(client(), 99).subscription.finished).rejects.toMatchObject({ code: 'sequence_ahead' });
  });

  test('ends with what its onEvent throws, and with the reason of its signal', async () => {
    api.log.append(callEvent(1, 'call.accepted'));
    const refusing = client().subscribe({
      call: callId,
      onEvent: () => {
        throw new Error('not mine');
      },
    });
    await expect(refusing.finished).rejects.toThrow('not mine');

    const stop = new AbortController();
    const aborted = client().subscribe({
      call: callId,
      onEvent: () => stop.abort(new Error('enough')),
      signal: stop.signal,
    });
    await expect(aborted.finished).rejects.toThrow('enough');
    await until('nothing is open', () => api.stream.webSockets === 0);
  });

  test('that is iterated ends with a break, and with the reason of its signal', async () => {
    api.log.append(callEvent(1, 'call.accepted'), callEvent(2, 'call.processing'));
    const subscription = client().subscribe({ call: callId });
    for await (const event of subscription) if (event.sequence === 1) break;
    await subscription.finished;
    expect(subscription.lastSequence).toBe(1);

    const stop = new AbortController();
    const reading = (async () => {
      for await (const event of client().subscribe({ call: callId, signal: stop.signal }))
        if (event.sequence === 2) stop.abort(new Error('enough'));
    })();
    await expect(reading).rejects.toThrow('enough');
    await until('nothing is open', () => api.stream.webSockets === 0);
  });
});
