import type { StreamToken } from '../api.ts';
import { DarkroomError } from '../darkroom-error.ts';
import {
  afterHappening,
  type Channel,
  type ChannelInUse,
  chooseChannels,
  type PollHappening,
  type PushHappening,
  startPush,
} from './channel-choice.ts';
import { type AccountEvent, endsSubject, type Subject } from './events.ts';
import type { Followed } from './followed.ts';
import { holdToken } from './held-token.ts';
import { type PollingOptions, type ReadPage, readRest, runPolling, untilAnswered } from './run-polling.ts';
import { runServerSentEvents, type StreamSlots, waitsForSlot } from './run-server-sent-events.ts';
import { runWebSocket } from './run-web-socket.ts';
import { isLasting } from './stream-fault.ts';
import type { SocketPool } from './socket-pool.ts';

/** What all subscriptions of a client share. */
export interface StreamSurroundings {
  /** The channels that may be used. */
  readonly channels: readonly Channel[];
  /** A stream of server-sent events that is not open after so long has failed. */
  readonly openTimeoutMs: number;
  readonly polling: PollingOptions;
  /** Undefined where there are no WebSockets. */
  readonly pool: SocketPool | undefined;
  readonly fetch: (request: Request) => Promise<Response>;
  readonly slots: StreamSlots;
  readonly askForToken: (subject: Subject, signal: AbortSignal) => Promise<StreamToken>;
  readonly readPage: (subject: Subject, after: number, signal: AbortSignal) => ReturnType<ReadPage>;
  /** Whether a call or a batch has ended, after one attempt. Undefined where the API may not be asked: its events show it. */
  readonly hasEnded: ((subject: Subject, signal: AbortSignal) => Promise<boolean>) | undefined;
}

export interface FollowOptions {
  subject: Subject;
  /** The sequence to begin behind; `latest` for what happens from now on. */
  after: number | 'latest';
  /** Called with the sequence that it begins behind, as soon as that is known. */
  onBegin: (after: number) => void;
  /** Called with every event, once and in order. What it throws ends the following. */
  onEvent: (event: AccountEvent) => void;
  /** The same with the channel in use, first and at every change. */
  onChannel: (channel: ChannelInUse) => void;
}

/** One subject that is being followed. */
export interface Following {
  /** Resolves when the subject has ended or `stop` was called; rejects where following it is of no more use. */
  readonly finished: Promise<void>;
  /** Closes everything; the last sequence is kept. */
  pause(): void;
  /** Goes on behind it. */
  resume(): void;
  /** Ends it; with a reason it rejects. */
  stop(reason?: unknown): void;
}

/**
 * Follows the events of a subject by the best channel that works, with one cursor for all channels: whichever of them an event comes by, it is handed
 * over once, and after the one before.
 */
export function follow(surroundings: StreamSurroundings, options: FollowOptions): Following {
  const { subject, onEvent, onChannel } = options;
  const { channels, pool } = surroundings;
  const ending = Promise.withResolvers<void>();
  const life = new AbortController();
  const usable = channels.filter((channel) => channel !== 'websocket' || pool !== undefined);
  const running = new Map<Channel, AbortController>();
  let push = startPush(usable);
  let lastPoll: PollHappening = 'answered';
  let inUse: ChannelInUse | undefined;
  let cursor = typeof options.after === 'number' ? options.after : 0;
  let isBegun = false;
  let mayHaveEnded = false;
  let searchedFrom = 0;
  let isPaused = false;
  let lastFault: Error | undefined;

  const followed: Followed = {
    subject,
    token: holdToken(askForToken),
    // The few events of a call or a batch are looked through for its end, behind which nothing would ever come.
    after: () => (mayHaveEnded ? searchedFrom : cursor),
    take,
  };

  const readPage: ReadPage = (after, signal) => surroundings.readPage(subject, after, signal);

  async function askForToken(): Promise<StreamToken> {
    try {
      return await surroundings.askForToken(subject, life.signal);
    } catch (fault) {
      // Where the log may not be polled nothing else finds out that there is nothing to follow.
      if (!usable.includes('polling') && fault instanceof Error && isLasting(fault)) stop(fault);
      throw fault;
    }
  }

  function take(event: AccountEvent): void {
    if (life.signal.aborted || (isPaused && isBegun)) return;
    if (event.sequence > cursor) {
      cursor = event.sequence;
      mayHaveEnded = false;
      hand(() => onEvent(event));
    }
    if (endsSubject(subject, event)) finish();
  }

  function hand(call: () => void): void {
    try {
      call();
    } catch (fault) {
      stop(fault);
    }
  }

  function tell(channel: 'websocket' | 'sse', happening: PushHappening, fault: Error | undefined): void {
    lastFault = fault ?? lastFault;
    push = afterHappening(push, channel, happening);
    arrange();
  }

  function tellPolled(happening: PollHappening): void {
    lastPoll = happening;
    arrange();
  }

  /** Starts and stops channels as they are now. */
  function arrange(): void {
    if (life.signal.aborted || !isBegun || isPaused) return;
    const choice = chooseChannels(push, usable.includes('polling') ? lastPoll : 'off');
    for (const channel of usable) {
      if (choice.running[channel]) start(channel);
      else halt(channel);
    }
    use(choice.inUse);
  }

  function use(channel: ChannelInUse): void {
    if (channel === inUse || life.signal.aborted) return;
    inUse = channel;
    hand(() => onChannel(channel));
  }

  function start(channel: Channel): void {
    if (running.has(channel)) return;
    const stopper = new AbortController();
    running.set(channel, stopper);
    run(channel, stopper.signal).catch((fault: unknown) => {
      if (stopper.signal.aborted) return;
      if (!isOfSearch(fault)) return stop(fault);
      // What is gone was asked for to find an end in it, and not to be handed over: the end may be behind it.
      searchedFrom = Math.max(searchedFrom, fault.removedThrough);
      mayHaveEnded &&= searchedFrom < cursor;
      halt(channel);
      arrange();
    });
  }

  function isOfSearch(fault: unknown): fault is DarkroomError & { removedThrough: number } {
    return fault instanceof DarkroomError && fault.removedThrough !== undefined && fault.removedThrough <= cursor;
  }

  function halt(channel: Channel): void {
    // How it was is of no interest when it is needed again.
    if (channel === 'polling') lastPoll = 'answered';
    running.get(channel)?.abort();
    running.delete(channel);
  }

  async function run(channel: Channel, signal: AbortSignal): Promise<void> {
    if (channel === 'polling') {
      const why = { lastFault: () => lastFault, waitsForSlot: () => waitsForSlot(surroundings.slots) };
      return runPolling({ ...surroundings.polling, ...why, followed, readPage, tell: tellPolled }, signal);
    }
    const told = { followed, tell: (happening: PushHappening, fault?: Error) => tell(channel, happening, fault) };
    if (channel === 'sse') return runServerSentEvents({ ...surroundings, ...told }, signal);
    if (pool !== undefined) return runWebSocket({ ...told, pool }, signal);
  }

  function close(): boolean {
    if (life.signal.aborted) return false;
    life.abort();
    for (const channel of usable) halt(channel);
    return true;
  }

  function finish(): void {
    if (close()) ending.resolve();
  }

  function stop(reason?: unknown): void {
    if (reason === undefined) finish();
    else if (close()) ending.reject(reason);
  }

  /** Where to begin has to be known first, and whether anything can come at all. */
  async function begin(): Promise<void> {
    if (usable.length === 0)
      throw new Error('None of the channels can be used here: allow "sse" or "polling" as well.');
    const patience = { ...surroundings.polling, onFault: () => use('away') };
    const ask = <Answer>(once: () => Promise<Answer>) => untilAnswered(patience, once, life.signal);
    if (options.after === 'latest') cursor = (await ask(followed.token.get)).lastSequence;
    options.onBegin(cursor);
    const { hasEnded } = surroundings;
    if (hasEnded === undefined) mayHaveEnded = cursor > 0 && !('account' in subject);
    else if (cursor > 0 && (await ask(() => hasEnded(subject, life.signal)))) {
      await ask(() => readRest({ followed, readPage }, life.signal));
      return finish();
    }
    isBegun = true;
    arrange();
  }

  // Whoever subscribes has the subscription in hand before anything is handed over.
  void Promise.resolve().then(begin).catch(stop);
  return {
    finished: ending.promise,
    stop,
    pause() {
      isPaused = true;
      for (const channel of usable) halt(channel);
    },
    resume() {
      isPaused = false;
      push = startPush(usable);
      arrange();
    },
  };
}
