import type { ChannelInUse } from './channel-choice.ts';
import type { AccountEvent, Subject } from './events.ts';
import { follow, type FollowOptions, type Following, type StreamSurroundings } from './follow.ts';

export interface SubscribeOptions<Event> {
  /** The last sequence that was seen: events after it follow. Default 0, and so all that are kept; `latest`: only what happens from now on. */
  after?: number | 'latest';
  /** Called with every event, in order, each once. Without it, iterate over the subscription. What it throws ends the subscription. */
  onEvent?: (event: Event) => void;
  /** Hears by which channel events come, first and at every change. */
  onChannel?: (channel: ChannelInUse) => void;
  /** Ends the subscription: it rejects with the signal's reason. */
  signal?: AbortSignal;
}

/**
 * The events of a call or a batch to its end, or those of the account without end. Either iterate over it, or give an `onEvent` and wait for `finished`.
 * It begins at once with an `onEvent`, and otherwise with the iteration. Whoever iterates slowly holds up nothing and loses nothing: what does not fit into
 * memory is read from the log when its turn has come.
 */
export interface Subscription<Event> extends AsyncIterable<Event> {
  /** By which channel events come at present. */
  readonly channel: ChannelInUse;
  /** The sequence of the last event that was handed over: subscribing with it as `after` goes on behind it. */
  readonly lastSequence: number;
  /** Resolves when there is nothing more to come, or when it was closed; rejects with a DarkroomError, what `onEvent` threw, or the reason of the signal. */
  readonly finished: Promise<void>;
  close(): void;
}

/** How many events wait for whoever iterates, at most and at least before more are fetched. */
const [mostWaiting, fewWaiting] = [1_000, 100];

export function createSubscription<Event extends AccountEvent>(
  surroundings: StreamSurroundings,
  subject: Subject,
  { after = 0, onEvent, onChannel, signal }: SubscribeOptions<Event>,
): Subscription<Event> {
  const waiting: Event[] = [];
  let channel: ChannelInUse = 'connecting';
  let lastSequence = typeof after === 'number' ? after : 0;
  let following: Following | undefined;
  let isClosed = false;
  let isPaused = false;
  let ring: () => void = () => undefined;
  const finished = Promise.withResolvers<void>();

  function begin(take: (event: Event) => void): Following {
    const options: FollowOptions = {
      subject,
      after,
      onBegin: (sequence) => (lastSequence = sequence),
      // The log of a subject holds events of its kind only.
      onEvent: (event) => take(event as Event),
      onChannel(next) {
        channel = next;
        onChannel?.(next);
      },
    };
    const begun = follow(surroundings, options);
    const stop = () => begun.stop(signal?.reason);
    begun.finished.finally(() => signal?.removeEventListener('abort', stop)).then(finished.resolve, finished.reject);
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop, { once: true });
    if (isClosed) begun.stop();
    return begun;
  }

  async function* iterate(): AsyncGenerator<Event, void, undefined> {
    if (following !== undefined) throw new Error('A subscription is iterated once, and not beside an onEvent.');
    let isOver = false;
    following = begin((event) => {
      waiting.push(event);
      if (waiting.length >= mostWaiting) pause();
      ring();
    });
    // Whoever iterates hears of the end by the iteration.
    const over = finished.promise
      .catch(() => undefined)
      .then(() => {
        isOver = true;
        ring();
      });
    try {
      for (;;) {
        signal?.throwIfAborted();
        const event = waiting.shift();
        if (event !== undefined) {
          lastSequence = event.sequence;
          yield event;
          if (waiting.length < fewWaiting) resume();
        } else if (isOver) {
          return await finished.promise;
        } else {
          await new Promise<void>((heard) => (ring = heard));
        }
      }
    } finally {
      following.stop();
      await over;
    }
  }

  function pause(): void {
    isPaused = true;
    following?.pause();
  }

  function resume(): void {
    if (isPaused) following?.resume();
    isPaused = false;
  }

  if (onEvent !== undefined) {
    following = begin((event) => {
      lastSequence = event.sequence;
      onEvent(event);
    });
  }
  return {
    get channel() {
      return channel;
    },
    get lastSequence() {
      return lastSequence;
    },
    finished: finished.promise,
    close() {
      isClosed = true;
      if (following === undefined) finished.resolve();
      following?.stop();
    },
    [Symbol.asyncIterator]: iterate,
  };
}
