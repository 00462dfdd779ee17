import { createApi } from './api.ts';
import { type Artifacts, createArtifacts } from './resources/artifacts.ts';
import { type Batches, createBatches } from './resources/batches.ts';
import { type Calls, createCalls } from './resources/calls.ts';
import { createEvents, type Events } from './resources/events.ts';
import { createIntegrations, type Integrations } from './resources/integrations.ts';
import { createRequests, type Requests } from './resources/requests.ts';
import { createSession, type Session } from './resources/session.ts';
import { createSubscribe, type Subscribe } from './resources/subscribe.ts';
import { createUploads, type Uploads } from './resources/uploads.ts';
import type { Channel } from './stream/channel-choice.ts';
import type { StreamTokenSource } from './stream/given-token.ts';
import { createStreamSurroundings } from './stream/stream-surroundings.ts';

/** A longer timer ends at once. */
const longestTimerMs = 2 ** 31 - 1;

export interface DarkroomOptions {
  /** The address of Darkroom's public API, for instance `http://localhost:3000`; a page of Darkroom itself says `location.origin`. */
  baseUrl: string;
  /** Not for web pages: a page is signed in by a session. */
  apiKey?: string;
  /**
   * For an application's own page, which has neither key nor session: asks the application's server, which has a key, for what `POST /v1/tokens` answers.
   * Called anew before a token expires and after a refusal. A rejection is tried again; one with a DarkroomError of a 4xx but 408, 409, 425 and 429
   * ends the subscription. Events come by push alone then, since a token reads nothing else.
   */
  streamToken?: StreamTokenSource;
  /** Default: the global `fetch`. */
  fetch?: (request: Request) => Promise<Response>;
  /** Default: the global `WebSocket`. */
  WebSocket?: typeof globalThis.WebSocket;
  /** The ways in which events may come. Default: `['websocket', 'sse', 'polling']`, of which the best that works is used. */
  channels?: readonly Channel[];
  /** How long a way of push may take to open before the next one is used meanwhile. Default: 5 seconds. */
  openTimeoutSeconds?: number;
  /**
   * How the log is read while there is no push. Default: every 3 seconds, 60 times; then a subscription rejects with `gave_up_polling`. What an outage leaves
   * unanswered does not count: it is tried, ever more rarely up to every 15 seconds, for as long as somebody follows. `times: Infinity` never gives up.
   */
  polling?: { intervalSeconds?: number; times?: number };
}

/** Darkroom, from an application's or a page's point of view. */
export interface Darkroom {
  readonly calls: Calls;
  readonly requests: Requests;
  readonly batches: Batches;
  readonly uploads: Uploads;
  readonly artifacts: Artifacts;
  readonly integrations: Integrations;
  readonly events: Events;
  readonly session: Session;
  readonly subscribe: Subscribe;
}

/** Makes a client. It connects to nothing before it is asked for something, and holds nothing open that nobody follows. */
export function createDarkroom({
  baseUrl,
  apiKey,
  streamToken,
  fetch = (request) => globalThis.fetch(request),
  WebSocket = globalThis.WebSocket,
  channels = ['websocket', 'sse', 'polling'],
  openTimeoutSeconds = 5,
  polling: { intervalSeconds = 3, times = 60 } = {},
}: DarkroomOptions): Darkroom {
  const api = createApi({ baseUrl, apiKey, fetch });
  const polling = { intervalMs: intervalSeconds * 1000, times };
  const openTimeoutMs = Math.min(openTimeoutSeconds * 1000, longestTimerMs);
  const subscribe = createSubscribe(
    createStreamSurroundings({ api, channels, openTimeoutMs, polling, fetch, WebSocket, streamToken }),
  );
  const calls = createCalls(api, subscribe);
  return {
    calls,
    requests: createRequests(api, calls),
    batches: createBatches(api, subscribe),
    uploads: createUploads(api),
    artifacts: createArtifacts(api),
    integrations: createIntegrations(api),
    events: createEvents(api),
    session: createSession(api),
    subscribe,
  };
}
