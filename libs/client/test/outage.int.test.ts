import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type ChannelInUse, createDarkroom, type SubscribeOptions, type CallEvent } from '../src/index.ts';
import { patient } from './patient.ts';
import { callEvent, callIds, sequencesOf } from './test-events.ts';
import { json, startTestApi, type TestApi } from './test-api.ts';
import { until } from './until.ts';

const [callId, otherCallId] = callIds;
let api: TestApi;

beforeEach(async () => {
  api = await startTestApi();
});
afterEach(() => api.stop());

/** Follows a call by a client that may poll three times in a row. */
function follow(options: SubscribeOptions<CallEvent> & { call?: string } = {}) {
  const darkroom = createDarkroom({ ...patient, baseUrl: api.url, polling: { intervalSeconds: 0.01, times: 3 } });
  const events: CallEvent[] = [];
  const channels: ChannelInUse[] = [];
  const subscription = darkroom.subscribe({
    call: callId,
    onEvent: (event) => events.push(event),
    onChannel: (channel) => channels.push(channel),
    ...options,
  });
  return { events, channels, subscription };
}

/** From now on nothing is answered, by `communication` neither. What it answers counts the questions, and ends it. */
async function beginOutage(): Promise<{ asked: () => number; end: () => Promise<void> }> {
  let asked = 0;
  // First main and last back: polls that are answered while push is away are counted, and few may be.
  api.intercept((_request, response) => {
    asked += 1;
    response.destroy();
    return 'answered';
  });
  await api.stream.stop();
  return {
    asked: () => asked,
    async end() {
      await api.stream.start();
      api.intercept(() => 'pass');
    },
  };
}

describe('[P4] an outage in which main answers nothing', () => {
  test('ends no subscription, however often it was polled: it says that there is no connection, and goes on where it was', async () => {
    api.log.append(callEvent(1, 'call.accepted'));
    const { events, channels, subscription } = follow();
    await until('the first has come', () => events.length === 1);
    const outage = await beginOutage();
    await until('there is no connection', () => subscription.channel === 'away');
    await until('it was asked more often than it may be polled', () => outage.asked() >= 7);
    expect(subscription.channel).toBe('away');
    api.log.append(callEvent(2, 'call.processing'), callEvent(3, 'call.completed'));
    await outage.end();
    await subscription.finished;

    expect(sequencesOf(events)).toEqual([1, 2, 3]);
    expect(channels.filter((channel) => channel === 'away')).toEqual(['away']);
  });

  test.each<[string, number | 'latest']>([
    ['the latest', 'latest'],
    ['a sequence', 1],
  ])('is outlasted by a subscription from %s on that begins in it', async (_what, after) => {
    api.log.append(callEvent(1, 'call.accepted'));
    const outage = await beginOutage();
    const { events, subscription } = follow({ after });
    await until('it says that there is no connection', () => subscription.channel === 'away');
    await until('it was asked more often than it may be polled', () => outage.asked() >= 5);
    await outage.end();
    await until('it is followed', () => subscription.channel === 'websocket');
    api.log.append(callEvent(2, 'call.completed'));
    await subscription.finished;

    expect(sequencesOf(events)).toEqual([2]);
  });

  test('says so to whoever may not poll either', async () => {
    await beginOutage();
    const darkroom = createDarkroom({ baseUrl: api.url, channels: ['websocket', 'sse'] });
    const subscription = darkroom.subscribe({ call: callId, onEvent: () => undefined });
    await until('it says that there is no connection', () => subscription.channel === 'away');
    subscription.close();

    await subscription.finished;
  });

  test('ends a subscription that is closed meanwhile, and one whose signal is aborted', async () => {
    await beginOutage();
    const stop = new AbortController();
    const [closed, aborted] = [follow(), follow({ signal: stop.signal, after: 'latest' })];
    const both = [closed, aborted].map(({ subscription }) => subscription);
    await until('both say that there is no connection', () => both.every(({ channel }) => channel === 'away'));
    closed.subscription.close();
    stop.abort(new Error('enough'));

    await closed.subscription.finished;
    await expect(aborted.subscription.finished).rejects.toThrow('enough');
  });

  test.each([401, 403, 404, 410])('ends one that is refused for good behind it, by a %i', async (status) => {
    await beginOutage();
    const { subscription } = follow();
    await until('it says that there is no connection', () => subscription.channel === 'away');
    api.intercept((_request, response) => {
      json(response, status, { code: 'not_found', detail: 'There is nothing here.', retryable: false });
      return 'answered';
    });

    await expect(subscription.finished).rejects.toMatchObject({ status });
  });
});

test('whoever is told when to come again does not poll before', async () => {
  api.log.append(callEvent(1, 'call.accepted'), callEvent(2, 'call.accepted', otherCallId));
  await api.stream.stop();
  api.intercept(({ path }, response) => {
    if (!path.includes(`${callId}/events`)) return 'pass';
    response.setHeader('retry-after', '3600');
    json(response, 503, { code: 'database_unavailable', detail: 'Come again.', retryable: true });
    return 'answered';
  });
  const pollsOf = (id: string) => api.requests.filter(({ path }) => path.includes(`${id}/events?`)).length;
  const { subscription } = follow();
  await until('it was told', () => subscription.channel === 'away');
  // Another that is answered shows that there was time for more.
  const often = createDarkroom({
    baseUrl: api.url,
    channels: ['polling'],
    polling: { intervalSeconds: 0.01, times: Infinity },
  });
  const other = often.subscribe({ call: otherCallId, onEvent: () => undefined });
  await until('there was time to poll', () => pollsOf(otherCallId) >= 30);
  expect(pollsOf(callId)).toBe(1);
  subscription.close();
  other.close();
  await Promise.all([subscription.finished, other.finished]);
  await api.stream.start();
});
