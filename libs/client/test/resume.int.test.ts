import { describe, expect, test } from '@jest/globals';
import { streamClosings } from '@darkroom/contract';
import { type AccountEvent, type Channel, createDarkroom, type DarkroomOptions } from '../src/index.ts';
import { refusingClosings } from '../src/stream/refusing-closings.ts';
import { patient } from './patient.ts';
import { setUpTestApi } from './set-up-test-api.ts';
import { json } from './test-api.ts';
import { callEvent, callIds, sequencesOf } from './test-events.ts';
import { until } from './until.ts';

const [callId, otherCallId] = callIds;
const api = setUpTestApi();

/** Follows a call, whose first event is there, until that has come. */
async function followFromFirst(options: Partial<DarkroomOptions> = {}) {
  api.log.append(callEvent(1, 'call.accepted'));
  const events: AccountEvent[] = [];
  const darkroom = createDarkroom({ ...patient, baseUrl: api.url, polling: { intervalSeconds: 0.02 }, ...options });
  const subscription = darkroom.subscribe({ call: callId, onEvent: (event) => events.push(event) });
  await until('the first has come', () => events.length === 1);
  return { darkroom, events, subscription };
}

test.each(Object.entries(streamClosings))(
  '[P4] a WebSocket that is closed with %s ends nothing: what follows comes once, in order, and nothing is asked for twice',
  async (_name, closing) => {
    // Where the server would close the next one too, another way is taken for a while.
    const { events, subscription } = await followFromFirst(
      refusingClosings.has(closing.code) ? {} : { channels: ['websocket'] },
    );
    api.stream.close(closing);
    api.log.append(callEvent(2, 'call.processing'));
    await until('the next has come', () => events.length === 2);
    api.log.append(callEvent(3, 'call.progress'), callEvent(4, 'call.completed'));
    await subscription.finished;

    expect(sequencesOf(events)).toEqual([1, 2, 3, 4]);
    const [first, ...later] = api.stream.begun;
    expect([first, Math.min(...later)]).toEqual([0, 1]);
  },
);

test('[P4] nothing polls any more once push is back, and the better of its ways is open alone', async () => {
  await api.stream.stop();
  const { events, subscription } = await followFromFirst();
  expect(subscription.channel).toBe('polling');
  await api.stream.start();
  await until('push is back', () => subscription.channel === 'websocket' && api.stream.eventStreams === 0);
  const pollsOf = (id: string) => api.requests.filter(({ path }) => path.includes(`${id}/events?`)).length;
  // Another that may only poll, as often, shows that there was time for it.
  api.log.append(callEvent(2, 'call.accepted', otherCallId));
  const polling = createDarkroom({ baseUrl: api.url, channels: ['polling'], polling: { intervalSeconds: 0.02 } });
  const other = polling.subscribe({ call: otherCallId, onEvent: () => undefined });
  await until('what was on its way has come', () => pollsOf(otherCallId) >= 2);
  const polls = pollsOf(callId);
  await until('there was time to poll', () => pollsOf(otherCallId) >= 10);
  other.close();
  api.log.append(callEvent(3, 'call.completed'));
  await subscription.finished;

  expect(pollsOf(callId)).toBe(polls);
  expect(sequencesOf(events)).toEqual([1, 3]);
});

describe('a sequence that the log does not have any more', () => {
  const say: Record<Channel, (fault: { code: 'events_removed' | 'sequence_ahead'; removedThrough?: number }) => void> =
    {
      websocket: (fault) => api.stream.broadcast({ type: 'error', subject: callId, detail: 'Read anew.', ...fault }),
      sse: (fault) => api.stream.end({ detail: 'Read anew.', ...fault }),
      polling: ({ code, removedThrough }) =>
        api.intercept((_request, response) => {
          const firstSequence = removedThrough === undefined ? undefined : removedThrough + 1;
          const status = code === 'events_removed' ? 410 : 422;
          json(response, status, { code, detail: 'Read anew.', retryable: false, firstSequence });
          return 'answered';
        }),
    };
  const channels: Channel[] = ['websocket', 'sse', 'polling'];

  test.each(channels)('ends the subscription by %s, which says where the log begins now', async (channel) => {
    const { darkroom, events, subscription } = await followFromFirst({ channels: [channel] });
    say[channel]({ code: 'events_removed', removedThrough: 40 });

    await expect(subscription.finished).rejects.toMatchObject({ code: 'events_removed', removedThrough: 40 });
    api.intercept(() => 'pass');
    api.log.append(callEvent(41, 'call.progress'), callEvent(42, 'call.completed'));
    for await (const event of darkroom.subscribe({ call: callId, after: 40 })) events.push(event);
    expect(sequencesOf(events)).toEqual([1, 41, 42]);
  });

  test.each(channels)('since it is of the future, ends the subscription by %s', async (channel) => {
    const { subscription } = await followFromFirst({ channels: [channel] });
    say[channel]({ code: 'sequence_ahead' });

    await expect(subscription.finished).rejects.toMatchObject({ code: 'sequence_ahead', removedThrough: undefined });
    await until('nothing is open', () => api.stream.webSockets + api.stream.eventStreams === 0);
  });
});

describe('a token', () => {
  test.each<Channel>(['websocket', 'sse'])(
    'that is about to expire is renewed before the next connection by %s',
    async (channel) => {
      api.tokens.seconds = 5;
      const { events, subscription } = await followFromFirst({ channels: [channel] });
      api.tokens.expireAll();
      api.stream.cut();
      api.log.append(callEvent(2, 'call.completed'));
      await subscription.finished;

      expect(sequencesOf(events)).toEqual([1, 2]);
      expect([api.tokens.made, api.tokens.refused]).toEqual([2, 0]);
    },
  );

  test('that was refused when a stream was opened is not shown again', async () => {
    const { events, subscription } = await followFromFirst({ channels: ['sse'] });
    await api.stream.stop();
    await until('there is a newer one', () => api.tokens.made === 2);
    api.tokens.expireAll();
    await api.stream.start();
    api.log.append(callEvent(2, 'call.completed'));
    await subscription.finished;

    expect(sequencesOf(events)).toEqual([1, 2]);
    expect([api.tokens.made, api.tokens.refused]).toEqual([3, 1]);
  });
});
