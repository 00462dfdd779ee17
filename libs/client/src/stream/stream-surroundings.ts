import type { Api, StreamToken } from '../api.ts';
import { send } from '../http/send.ts';
import { typedEvents } from '../resources/typed-events.ts';
import type { Channel } from './channel-choice.ts';
import type { AccountEvent, Subject } from './events.ts';
import type { StreamSurroundings } from './follow.ts';
import { askForGivenToken, type StreamTokenSource } from './given-token.ts';
import type { PollingOptions } from './run-polling.ts';
import { createSocketPool } from './socket-pool.ts';
import type { WebSocketConstructor } from './stream-socket.ts';

interface SurroundingsOptions {
  api: Api;
  channels: readonly Channel[];
  /** A way of push that is not open after so long has failed. */
  openTimeoutMs: number;
  polling: PollingOptions;
  fetch: (request: Request) => Promise<Response>;
  WebSocket: WebSocketConstructor | undefined;
  /** Where tokens come from in place of the API, which then is not asked for anything. */
  streamToken: StreamTokenSource | undefined;
}

/** A browser, which alone has a location, keeps six connections to one host, and other requests need some of them. */
const mostEventStreams = () => ('location' in globalThis ? 4 : Infinity);
const mostInPage = 1_000;
const oneAttempt = { attempts: 1, timeoutMs: 15_000 };

/** What the subscriptions of one client share. */
export function createStreamSurroundings({
  api,
  WebSocket,
  streamToken,
  ...options
}: SurroundingsOptions): StreamSurroundings {
  const shared = {
    ...options,
    pool: WebSocket && createSocketPool(WebSocket, { openTimeoutMs: options.openTimeoutMs }),
    slots: { left: mostEventStreams(), open: 0 },
    // Whoever follows asks again by itself.
    readPage: (subject: Subject, after: number, signal: AbortSignal) => readPage(api, subject, { after, signal }),
  };
  if (streamToken !== undefined) {
    return {
      ...shared,
      channels: options.channels.filter((channel) => channel !== 'polling'),
      askForToken: (subject, signal) => askForGivenToken(streamToken, subject, signal),
      hasEnded: undefined,
    };
  }
  return {
    ...shared,
    askForToken: (subject, signal) => askForToken(api, subject, signal),
    async hasEnded(subject, signal) {
      if ('account' in subject) return false;
      const { completedAt } = await readSubject(api, subject, signal);
      return completedAt !== undefined;
    },
  };
}

function askForToken(api: Api, subject: Subject, signal: AbortSignal): Promise<StreamToken> {
  const body = tokenBody(subject);
  return send((sending) => api.POST('/v1/tokens', { body, signal: sending }), { ...oneAttempt, signal });
}

function tokenBody(subject: Subject) {
  if ('call' in subject) return { callId: subject.call };
  return 'batch' in subject ? { batchId: subject.batch } : { account: true as const };
}

function readPage(api: Api, subject: Subject, { after, signal }: { after: number; signal: AbortSignal }) {
  const query = { after, limit: mostInPage };
  const read = (reading: AbortSignal) => {
    const options = { params: { query }, signal: reading };
    if ('account' in subject) return api.GET('/v1/events', options);
    return 'call' in subject
      ? api.GET('/v1/calls/{id}/events', { ...options, params: { query, path: { id: subject.call } } })
      : api.GET('/v1/batches/{id}/events', { ...options, params: { query, path: { id: subject.batch } } });
  };
  return typedEvents<AccountEvent>(send(read, { ...oneAttempt, signal }));
}

function readSubject(api: Api, subject: Exclude<Subject, { account: true }>, signal: AbortSignal) {
  return send(
    (reading): Promise<{ data?: { completedAt?: string }; error?: unknown; response: Response }> =>
      'call' in subject
        ? api.GET('/v1/calls/{id}', { params: { path: { id: subject.call } }, signal: reading })
        : api.GET('/v1/batches/{id}', { params: { path: { id: subject.batch } }, signal: reading }),
    { ...oneAttempt, signal },
  );
}
