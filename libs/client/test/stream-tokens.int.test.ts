import { describe, expect, test } from '@jest/globals';
import type { Channel } from '../src/index.ts';
import { setUpFollowing } from './set-up-following.ts';
import { json } from './test-api.ts';
import { callEvent, callIds, courseOfCall, sequencesOf } from './test-events.ts';
import { until } from './until.ts';

const [callId] = callIds;
const { api, client, collect } = setUpFollowing();

describe('a token', () => {
  test('is renewed on the connection before it expires', async () => {
    api.log.append(callEvent(1, 'call.accepted'));
    const { events, subscription } = collect(client({ channels: ['websocket'] }));
    await until('the first has come', () => events.length === 1);
    api.stream.broadcast({ type: 'token_expiring', subject: callId, expiresAt: new Date().toISOString() });
    await until('it is renewed', () => api.stream.heard.some(({ type }) => type === 'renew'));
    api.log.append(callEvent(2, 'call.completed'));
    await subscription.finished;

    expect([api.stream.webSocketsOpened, api.tokens.made]).toEqual([1, 2]);
  });

  test.each<Channel>(['websocket', 'sse'])(
    'that has expired is replaced, and nothing is missed by %s',
    async (channel) => {
      api.log.append(callEvent(1, 'call.accepted'));
      const { events, subscription } = collect(client({ channels: [channel] }));
      await until('the first has come', () => events.length === 1);
      api.tokens.expireAll();
      // A stream of server-sent events has ended with its token.
      if (channel === 'websocket') api.stream.cut();
      api.log.append(callEvent(2, 'call.processing'), callEvent(3, 'call.completed'));
      await subscription.finished;

      expect(sequencesOf(events)).toEqual([1, 2, 3]);
      expect(api.tokens.made).toBe(2);
    },
  );

  test('and an API key are in no address', async () => {
    api.log.append(...courseOfCall(1));
    for (const channels of [['websocket'], ['sse'], ['polling']] as const) {
      await collect(client({ apiKey: 'key-of-alpha', channels })).subscription.finished;
    }

    expect(api.requests.every(({ headers }) => headers.authorization === 'Bearer key-of-alpha')).toBe(true);
    expect(api.requests.filter(({ path }) => /key-of|token=/.test(path))).toEqual([]);
    expect(api.stream.addresses).toEqual(['/v1/stream', '/v1/stream?after=0']);
  });
});

describe('a subscription', () => {
  test('whose session has ended is refused without polling too', async () => {
    api.log.append(callEvent(1, 'call.accepted'));
    const { events, subscription } = collect(client({ channels: ['websocket'] }));
    await until('the first has come', () => events.length === 1);
    api.intercept((_request, response) => {
      json(response, 401, { code: 'unauthenticated', detail: 'Sign in again.', retryable: false });
      return 'answered';
    });
    api.tokens.expireAll();
    api.stream.cut();

    await expect(subscription.finished).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  test('that gets no token for a while is not refused without polling', async () => {
    api.log.append(callEvent(1, 'call.completed'));
    const refused = api.refuse('/v1/tokens', 2);
    const { events, subscription } = collect(client({ channels: ['websocket'] }));
    await subscription.finished;

    expect([refused(), sequencesOf(events)]).toEqual([2, [1]]);
  });
});
