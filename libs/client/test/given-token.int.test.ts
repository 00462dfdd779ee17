import { describe, expect, test } from '@jest/globals';
import { type Channel, DarkroomError, type DarkroomOptions, type StreamToken, type Subject } from '../src/index.ts';
import { setUpFollowing } from './set-up-following.ts';
import { callEvent, callIds, courseOfCall, sequencesOf } from './test-events.ts';
import { until } from './until.ts';

const [callId, otherCallId] = callIds;
const { api, client, collect } = setUpFollowing();

/** A page without key and session, and the server of its application. */
function setUpPage(options: Partial<DarkroomOptions> = {}) {
  const asked: Subject[] = [];
  let isAway = false;
  async function streamToken(subject: Subject): Promise<StreamToken> {
    asked.push(subject);
    if (isAway) throw new TypeError('fetch failed');
    const body = JSON.stringify({ callId });
    return (await fetch(`${api.url}/v1/tokens`, { method: 'POST', body })).json() as Promise<StreamToken>;
  }
  return {
    asked,
    page: client({ streamToken, ...options }),
    setAway: (away: boolean) => void (isAway = away),
    requestsToApi: () => api.requests.filter(({ path }) => path !== '/v1/tokens'),
  };
}

describe('a page with a token from its own server', () => {
  test.each<Channel>(['websocket', 'sse'])(
    'follows a call by %s, over a cut connection and a token that has expired, and asks the API for nothing',
    async (channel) => {
      api.log.append(callEvent(1, 'call.accepted'));
      const { asked, page, requestsToApi } = setUpPage({ channels: [channel, 'polling'] });
      const { events, channels, subscription } = collect(page);
      await until('the first has come', () => events.length === 1);
      api.tokens.expireAll();
      api.stream.cut();
      api.log.append(callEvent(2, 'call.processing'), callEvent(3, 'call.completed'));
      await subscription.finished;

      expect(sequencesOf(events)).toEqual([1, 2, 3]);
      expect(channels).not.toContain('polling');
      expect(asked).toEqual([{ call: callId }, { call: callId }]);
      expect(requestsToApi()).toEqual([]);
    },
  );

  test('goes on behind what it has, also where that was all and the call has ended', async () => {
    api.log.append(...courseOfCall(1));
    const { page, requestsToApi } = setUpPage();
    const { lastSequence } = api.log;
    const resumed = collect(page, lastSequence - 1);
    await resumed.subscription.finished;
    const atItsEnd = collect(page, lastSequence);
    await atItsEnd.subscription.finished;

    expect([sequencesOf(resumed.events), atItsEnd.events]).toEqual([[lastSequence], []]);
    expect(requestsToApi()).toEqual([]);
  });

  test.each<Channel>(['websocket', 'sse'])(
    'goes on by %s behind what it has, also where what came before was removed',
    async (channel) => {
      api.log.append(callEvent(1, 'call.accepted'), callEvent(2, 'call.processing'));
      const { events, subscription } = collect(setUpPage({ channels: [channel] }).page, 2);
      await until('it has subscribed', () => subscription.channel === channel);
      const removed = { code: 'events_removed', detail: 'Gone.', removedThrough: 1 } as const;
      if (channel === 'sse') api.stream.end(removed);
      else api.stream.broadcast({ type: 'error', subject: callId, ...removed });
      await until('it has subscribed anew', () => api.stream.begun.length === 2);
      api.log.append(callEvent(3, 'call.completed'));
      await subscription.finished;

      expect([sequencesOf(events), api.stream.begun]).toEqual([[3], [0, 1]]);
    },
  );

  test('waits for its server while that is away', async () => {
    api.log.append(...courseOfCall(1));
    const { asked, page, setAway } = setUpPage();
    setAway(true);
    const { channels, events, subscription } = collect(page);
    await until('neither way works', () => channels.includes('away') && asked.length > 2);
    setAway(false);
    await subscription.finished;

    expect(sequencesOf(events)).toEqual(sequencesOf(api.log.after(callId, 0)));
  });

  test('is told for good where its server says so', async () => {
    const refusal = new DarkroomError('unauthenticated', 'Sign in to the shop.', { status: 401 });
    const { subscription } = collect(client({ streamToken: () => Promise.reject(refusal) }));

    await expect(subscription.finished).rejects.toBe(refusal);
  });

  test('hears of a mistake: an answer that is no token, or one of something else', async () => {
    const answers = { ...{ streamUrl: api.stream.url, expiresAt: '2999-01-01T00:00:00Z' }, lastSequence: 0 };
    const foreign = () => Promise.resolve({ ...answers, token: '1:x', subject: otherCallId });
    const none = () => Promise.resolve({ error: 'not found' } as unknown as StreamToken);

    await expect(collect(client({ streamToken: none })).subscription.finished).rejects.toThrow('POST /v1/tokens');
    await expect(collect(client({ streamToken: foreign })).subscription.finished).rejects.toThrow(otherCallId);
  });

  test('may not poll alone', async () => {
    const { subscription } = collect(setUpPage({ channels: ['polling'] }).page);

    await expect(subscription.finished).rejects.toThrow('None of the channels');
  });
});
