import { backoffMs } from '../http/backoff.ts';
import { delay } from '../http/delay.ts';
import { orAborted } from '../http/or-aborted.ts';
import { longestSilenceMs, pushBackoff, stableMs } from './followed.ts';
import { openWebSocket } from './open-web-socket.ts';
import {
  createStreamSocket,
  type SocketListener,
  type SocketSubscription,
  type StreamSocket,
  type WebSocketConstructor,
} from './stream-socket.ts';

export interface AttachOptions {
  /** Where the stream is, as a token says. */
  url: string;
  subject: string;
  /** Asked for when a connection is there. */
  from: () => { token: string; after: number };
  listener: SocketListener;
  /** Hears of every connection that could not be opened meanwhile, and at once where that was so last time. */
  onAttemptFailed: (fault: Error) => void;
}

/** The WebSocket connections of one client. */
export interface SocketPool {
  /** Subscribes on a connection that has room, or on a new one: waits for as long as none can be opened, until the signal is aborted. */
  attach(options: AttachOptions, signal: AbortSignal): Promise<SocketSubscription>;
}

/** The connections to one address. */
interface Lane {
  readonly sockets: Set<StreamSocket>;
  opening: Opening | undefined;
  /** In a row. */
  failures: number;
  failedAt: number;
  /** Why nothing is open; undefined where that is not known to be so. */
  fault: Error | undefined;
}

/** One attempt, shared by all that wait for a connection, and given up when nobody does. */
interface Opening {
  /** Resolves also where it failed. */
  readonly done: Promise<void>;
  readonly stop: AbortController;
  waiting: number;
}

interface PoolOptions {
  /** A connection that is not open after so long has failed. */
  openTimeoutMs: number;
  now?: () => number;
}

/** So many failures that the pause behind them is the longest one. */
const untilLongestPause = Infinity;

/** However many wait for a connection, one at a time is opened, with growing pauses: a server that is away is not asked by each. */
export function createSocketPool(
  WebSocket: WebSocketConstructor,
  { openTimeoutMs, now = () => performance.now() }: PoolOptions,
): SocketPool {
  const lanes = new Map<string, Lane>();

  function laneOf(url: string): Lane {
    const lane = lanes.get(url) ?? {
      sockets: new Set(),
      opening: undefined,
      failures: 0,
      failedAt: 0,
      fault: undefined,
    };
    lanes.set(url, lane);
    return lane;
  }

  function setFailures(lane: Lane, failures: number, fault?: Error): void {
    lane.failures = failures;
    lane.failedAt = now();
    lane.fault = fault;
  }

  async function open(lane: Lane, url: string, signal: AbortSignal): Promise<void> {
    const pauseMs = lane.failures > 0 ? lane.failedAt + backoffMs(lane.failures, pushBackoff) - now() : 0;
    if (pauseMs > 0) await delay(pauseMs, signal);
    const connection = await openWebSocket(WebSocket, { url, openTimeoutMs }, signal);
    if (signal.aborted) return connection.close();
    const openedAt = now();
    const failuresBefore = lane.failures;
    setFailures(lane, 0);
    const socket = createStreamSocket(connection, {
      silenceMs: longestSilenceMs,
      onClosed(how) {
        lane.sockets.delete(socket);
        if (how.kind === 'left') return;
        if (how.kind === 'refused') return setFailures(lane, untilLongestPause, how.fault);
        // Also after a long life there is a short pause: all clients of a server that stops lose it at once.
        if (now() - openedAt >= stableMs) return setFailures(lane, 1);
        setFailures(
          lane,
          Math.max(lane.failures, failuresBefore) + 1,
          new Error('The WebSocket was closed soon after it was opened.'),
        );
      },
    });
    lane.sockets.add(socket);
  }

  function startOpening(lane: Lane, url: string): Opening {
    const stop = new AbortController();
    const done = open(lane, url, stop.signal).catch((fault: Error) => {
      if (!stop.signal.aborted) setFailures(lane, lane.failures + 1, fault);
    });
    const opening: Opening = { done, stop, waiting: 0 };
    void done.then(() => forget(lane, opening));
    return opening;
  }

  /** Waits for the attempt that is under way, or for a new one. */
  async function nextAttempt(lane: Lane, url: string, signal: AbortSignal): Promise<void> {
    const opening = (lane.opening ??= startOpening(lane, url));
    opening.waiting += 1;
    try {
      await orAborted(opening.done, signal);
    } finally {
      opening.waiting -= 1;
      if (opening.waiting === 0) {
        forget(lane, opening);
        opening.stop.abort();
      }
    }
  }

  return {
    async attach({ url, subject, from, listener, onAttemptFailed }, signal) {
      const lane = laneOf(url);
      for (;;) {
        signal.throwIfAborted();
        const socket = [...lane.sockets].find((one) => one.takes(subject));
        // Nothing may be awaited between: somebody else would find the same room.
        if (socket !== undefined) return socket.subscribe(subject, from(), listener);
        // Whoever comes while the server is away uses another channel through the pause that is under way.
        if (lane.fault !== undefined) onAttemptFailed(lane.fault);
        await nextAttempt(lane, url, signal);
      }
    },
  };
}

function forget(lane: Lane, opening: Opening): void {
  if (lane.opening === opening) lane.opening = undefined;
}
