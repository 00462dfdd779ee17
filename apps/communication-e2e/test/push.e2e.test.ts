import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type AccountEvent, type StreamToken, streamEndSchema } from '@darkroom/contract';
import { createCallsClient, expectNoLeakedProcesses, startStack, type Stack, until } from '@darkroom/testing';
import { type AccountApi, createAccountApi, isOfRestart } from './account-api.ts';
import { ClientSubscriber } from './client-subscriber.ts';
import { findDeliveryFaults, noFaults } from './check-delivery.ts';
import { readDeliverySize } from './delivery-size.ts';
import { EventStreamSubscriber } from './event-stream-subscriber.ts';
import type { Follower } from './follower.ts';
import { inParallel } from './in-parallel.ts';
import { reportProgress } from './report-progress.ts';
import { Subscriber } from './subscriber.ts';

const apiKey = 'key-of-the-only-account';
const size = readDeliverySize();
const atOnce = 20;

describe('events by push, from a real main', () => {
  let stack: Stack;
  let api: AccountApi;
  const subscribers: Follower[] = [];

  beforeAll(async () => {
    stack = await startStack({
      communication: true,
      // Some who follow here renew no token: what is measured is delivery, however long it takes.
      mainEnvironment: { API_KEYS: `acme:${apiKey}`, STREAM_TOKEN_SECONDS: '3600' },
    });
    api = createAccountApi(stack.main.url, apiKey);
  });

  afterAll(async () => {
    subscribers.forEach((subscriber) => subscriber.stop());
    await stack?.stop();
    await expectNoLeakedProcesses();
  });

  const keep = <Kind extends Follower>(subscriber: Kind): Kind => {
    subscribers.push(subscriber);
    return subscriber;
  };
  const subscribe = (...given: ConstructorParameters<typeof Subscriber>) => keep(new Subscriber(...given));

  test('[P4] polling, server-sent events of main, and both ways of communication show the same events of a call', async () => {
    const call = await api.submit('the same whichever way');
    const { token, streamUrl, subject } = await api.token({ callId: call.id });
    expect([streamUrl, subject]).toEqual([`${stack.communication.url}/v1/stream`, call.id]);
    const leaving = new AbortController();
    const streams = await Promise.all(
      [
        [streamUrl, token],
        [call.urls.events, apiKey],
      ].map(async ([url = '', bearer = '']) =>
        readStream(
          await fetch(url, {
            headers: { accept: 'text/event-stream', authorization: `Bearer ${bearer}` },
            signal: leaving.signal,
          }),
        ),
      ),
    );
    const heard: unknown[] = [];
    const subscriber = subscribe(streamUrl, token, (event) => heard.push(event) > 0);
    const calls = createCallsClient(stack.main.url, { authorization: `Bearer ${apiKey}` });
    await calls.waitForEnd(call.id);
    const events = await calls.events(call.id);
    await until('every channel has shown the end', () =>
      [heard, ...streams.map((stream) => messagesIn(stream()).filter(isOfEvent))].every(
        ({ length }) => length === events.length,
      ),
    );

    expect(heard).toEqual(events);
    const [ofCommunication = [], ofMain = []] = streams.map((stream) => messagesIn(stream()));
    expect(ofCommunication).toEqual(ofMain);
    leaving.abort();
    subscriber.stop();
  });

  test('a page that signs in follows with its session’s token, and signing out ends what it follows', async () => {
    const origin = new URL(stack.main.url).origin;
    const signIn = await fetch(`${stack.main.url}/v1/session`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, origin },
    });
    expect(signIn.status).toBe(201);
    const cookie = signIn.headers.get('set-cookie')?.split(';')[0] ?? '';
    const asked = await fetch(`${stack.main.url}/v1/tokens`, {
      method: 'POST',
      headers: { cookie, origin, 'content-type': 'application/json' },
      body: JSON.stringify({ account: true }),
    });
    const { token, streamUrl } = (await asked.json()) as { token: string; streamUrl: string };
    const stream = await fetch(streamUrl, { headers: { authorization: `Bearer ${token}`, origin } });
    expect(stream.headers.get('access-control-allow-origin')).toBe(origin);
    const signOut = await fetch(`${stack.main.url}/v1/session`, { method: 'DELETE', headers: { cookie, origin } });
    expect(signOut.status).toBe(204);

    const [, end = '{}'] = /event: end\ndata: (.*)\n/.exec(await stream.text()) ?? [];
    expect(streamEndSchema.parse(JSON.parse(end)).code).toBe('session_ended');
    const again = await fetch(streamUrl, { headers: { authorization: `Bearer ${token}` } });
    expect([again.status, await again.json()]).toMatchObject([401, { code: 'session_ended' }]);
  });

  test('[P4] cut off again and again, with communication restarted twice and main once, nobody misses, repeats or disorders an event', async () => {
    await stack.control.plan({ match: 'real call', latencyMs: 500 });
    const startAt = new Date(Date.now() + 24 * 3600 * 1000).toISOString();
    const numbers = Array.from({ length: size.calls }, (_, index) => index);
    const calls = await inParallel(numbers, atOnce, (n) => api.submit(`reported call ${n}`, { startAt }));
    const tokens = await inParallel(calls, atOnce, ({ id }) => api.token({ callId: id }));
    const account = await api.token({ account: true });
    const clients: ClientSubscriber[] = [];
    const byClient = (subject: string, push: 'websocket' | 'sse') => {
      const client = keep(new ClientSubscriber({ mainUrl: stack.main.url, apiKey, push }, subject));
      clients.push(client);
      return client;
    };
    const allWays = ({ token, streamUrl, subject }: StreamToken): Follower[] => [
      subscribe(streamUrl, token),
      keep(new EventStreamSubscriber(streamUrl, token)),
      byClient(subject, 'websocket'),
      byClient(subject, 'sse'),
    ];
    const followers = tokens.flatMap((token, index) =>
      (index < size.followedAllWays ? allWays(token) : [subscribe(token.streamUrl, token.token)]).map((subscriber) => ({
        subject: token.subject,
        subscriber,
      })),
    );
    const whole = [
      ...allWays(account),
      ...Array.from({ length: size.accountSubscribers }, () => subscribe(account.streamUrl, account.token)),
    ];
    let dropped = 0;
    const forgetful = subscribe(account.streamUrl, account.token, () => (dropped += 1) !== 100);
    const connected: Follower[] = [...followers.map(({ subscriber }) => subscriber), ...whole, forgetful];

    const cutting = new AbortController();
    const work = Promise.all([
      inParallel(
        numbers.slice(0, size.realCalls).map((n) => `real call ${n}`),
        5,
        (prompt) => submitAgain(api, prompt),
      ),
      reportAll(calls.map(({ id }) => id)),
      cutRegularly(connected, cutting.signal),
      restartProcesses().finally(() => cutting.abort()),
    ]);
    const [realIds, taken] = await work;

    const log = await until(
      'the real calls have ended',
      async () => {
        const read = await api.readLog();
        const ended = new Set(read.flatMap((event) => (isEnd(event) ? [event.callId] : [])));
        return realIds.every((id) => ended.has(id)) && read;
      },
      240,
    );
    const expected = (subject: string) =>
      log
        .filter((event) => subject === 'account' || ('callId' in event && event.callId === subject))
        .map(({ sequence }) => sequence);
    const last = log.at(-1)?.sequence ?? 0;
    await until('everybody who follows the account has seen its last event', () =>
      [...whole, forgetful].every(({ seen }) => (seen.at(-1) ?? 0) >= last),
    );
    await until('everybody who follows a call has seen its last event', () =>
      followers.every(({ subject, subscriber }) => (subscriber.seen.at(-1) ?? 0) >= (expected(subject).at(-1) ?? 0)),
    );

    expect(log.map(({ sequence }) => sequence)).toEqual(Array.from({ length: log.length }, (_, index) => index + 1));
    // Accepted, begun, and each step that main has taken: how many those are before it ends a call depends on how fast all this is.
    expect(log.length).toBeGreaterThanOrEqual(2 * size.calls + taken);
    expect(taken).toBeGreaterThanOrEqual(size.calls);
    // Main may end reported calls later still: what came after the log was read is not compared.
    const faultsOf = (subject: string, { seen }: Follower) => {
      const upToLast = seen.filter((n) => n <= last);
      return findDeliveryFaults(expected(subject), upToLast);
    };
    for (const { subject, subscriber } of followers) expect(faultsOf(subject, subscriber)).toEqual(noFaults);
    for (const subscriber of whole) expect(faultsOf('account', subscriber)).toEqual(noFaults);
    expect(connected.flatMap(({ errors }) => errors.filter(isUnexpected))).toEqual([]);
    // Polling alone would have brought them everything too, as it may those who are cut off around each of the few events of a call.
    const ofAccount = clients.filter(({ subject }) => subject === 'account');
    expect(ofAccount.map(({ seenByPush }) => seenByPush > 0)).toEqual([true, true]);
    const connections = connected.reduce((sum, follower) => sum + follower.connections, 0);
    expect(connections).toBeGreaterThan(connected.length * 2);
    process.stdout.write(`${log.length} events, ${connected.length} followers, ${connections} connections\n`);
    // One that is dropped on purpose is seen by the checker.
    const { missed, ...rest } = faultsOf('account', forgetful);
    expect(missed).toHaveLength(1);
    expect(rest).toEqual({ repeated: [], outOfOrder: [], strange: [] });
  }, 600_000);

  /** Round after round, so that no call gets more than main lists in a second. Answers how many main has taken. */
  const reportAll = async (callIds: readonly string[]): Promise<number> => {
    const place = { mainInternalUrl: stack.mainInternalUrl, internalToken: stack.place.internalToken };
    const pauseMs = (size.seconds * 1000) / size.reportsPerCall;
    let taken = 0;
    for (let step = 1; step <= size.reportsPerCall; step += 1) {
      const nextRound = delay(pauseMs);
      const answers = await inParallel(callIds, atOnce, (id) => reportProgress(place, id, step));
      taken += answers.filter(({ applied }) => applied).length;
      await nextRound;
    }
    return taken;
  };

  const cutRegularly = async (connected: readonly Follower[], signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      await delay(1_000);
      for (const subscriber of connected) if (Math.random() < 1 / 3) subscriber.cut();
    }
  };

  const restartProcesses = async (): Promise<void> => {
    const quarterMs = (size.seconds * 1000) / 4;
    await delay(quarterMs);
    await stack.communication.service.kill();
    await stack.communication.start();
    await delay(quarterMs);
    await stack.main.service.kill();
    await stack.main.start();
    await delay(quarterMs);
    await stack.communication.service.stop();
    await stack.communication.start();
    await delay(quarterMs);
  };
});

/** Until it is accepted: `main` is restarted meanwhile. Answers the call's id. */
async function submitAgain(api: AccountApi, prompt: string): Promise<string> {
  const { id } = await until(`${prompt} is accepted`, () =>
    api.submit(prompt).catch((error: unknown) => {
      if (isOfRestart(error)) return undefined;
      throw error;
    }),
  );
  return id;
}

type CallEnd = Extract<AccountEvent, { callId: string }>;

function isEnd(event: AccountEvent): event is CallEnd {
  return ['call.completed', 'call.failed', 'call.cancelled'].includes(event.type);
}

/** All but that `main`, or the process itself, is being restarted. */
function isUnexpected(error: string): boolean {
  return !error.includes('log_away') && !error.includes('going_away');
}

/** The whole messages of a stream. Without the comments that keep it open: how many there are is a matter of time. */
function messagesIn(text: string): string[] {
  return text
    .split('\n\n')
    .slice(0, -1)
    .filter((message) => !message.startsWith(':'));
}

function isOfEvent(message: string): boolean {
  return message.startsWith('id: ');
}

/** What a stream has brought so far. */
function readStream(response: Response): () => string {
  expect(response.status).toBe(200);
  let text = '';
  const reading = (async () => {
    const decoder = new TextDecoder();
    for await (const bytes of response.body ?? []) text += decoder.decode(bytes, { stream: true });
  })();
  // Leaving it aborts what it reads.
  reading.catch(() => undefined);
  return () => text;
}
