import { setImmediate } from 'node:timers/promises';
import { accountSubject } from '@darkroom/contract';
import { EventFrames } from './event-frames.ts';
import { createLiveReaders } from './live-readers.ts';
import type { LogPage, ReadLogPage } from './log-page.ts';
import type { LoggedEvent } from './logged-event.ts';
import { endOfLog, hand, type LogReader } from './log-reader.ts';
import { createRecentEvents, type RecentEventsLimits } from './recent-events.ts';

/**
 * What came of a wish to join. `unstarted`: it is woken when the follower knows its place in the log. `ahead`, `behind`: `main` has to be asked first.
 */
export type Joining = 'live' | 'no_room' | 'unstarted' | 'ahead' | 'behind';

/** Reads one account's log once for all of its readers, as it grows. */
export interface Follower {
  /** The highest sequence that was heard of; undefined before the first. */
  readonly head: number | undefined;
  /** How many events that were heard of are still to be read. */
  readonly lag: number;
  readonly isUsed: boolean;
  /** News that the log has grown up to this sequence. They may come late, twice or never. */
  heard(lastSequence: number): void;
  /** What `main` answered when it was asked for the last sequence. */
  compared(lastSequence: number): void;
  /** Makes a reader live where everything up to here was handed to it, or can be from what is still at hand. */
  join(reader: LogReader): Joining;
  leave(reader: LogReader): void;
  /** Nobody follows it any more, nor will: lets go of the events at hand, and holds no others. */
  end(): void;
}

export interface FollowerOptions {
  accountId: string;
  readPage: ReadLogPage;
  recentLimits: RecentEventsLimits;
  /** Somebody who waited for the start may join now. */
  wake: (reader: LogReader) => void;
  /** The log could not be read. It is read again when the follower hears of its head the next time. */
  onFault: (error: unknown) => void;
  /** An event that is new was handed to all who follow it. */
  onDelivered?: (event: LoggedEvent) => void;
}

const pageSize = 500;
/** Readers who come back after a restart of this process find what they missed at hand. */
const eventsAtStart = 1000;
/** Others get their turn meanwhile. */
const longestTurnMs = 10;

export function createFollower({
  accountId,
  readPage,
  recentLimits,
  wake,
  onFault,
  onDelivered,
}: FollowerOptions): Follower {
  const live = createLiveReaders();
  const waiting = new Set<LogReader>();
  const recent = createRecentEvents(0, recentLimits);
  let cursor = 0;
  let head: number | undefined;
  let hasRead = false;
  let isReading = false;
  let isDue = true;
  let isEnded = false;

  const start = (lastSequence: number) => {
    cursor = Math.max(0, lastSequence - eventsAtStart);
    recent.restartBehind(cursor);
  };

  /** Goes on behind a sequence without what is before it. */
  const skipTo = (sequence: number) => {
    for (const reader of [...live]) {
      if (reader.cursor >= sequence) continue;
      live.remove(reader);
      reader.endRemoved(sequence);
    }
    cursor = sequence;
    recent.restartBehind(sequence);
  };

  /** The database was replaced by an older one: nobody's cursor means anything any more. */
  const startOver = (page: LogPage) => {
    for (const reader of [...live]) {
      live.remove(reader);
      reader.endAhead(page.head);
    }
    head = page.head;
    start(page.head);
  };

  const handOut = async ({ events }: LogPage) => {
    let turnBeganAt = performance.now();
    for (const event of events) {
      if (event.sequence !== cursor + 1) {
        throw new Error(`main answered event ${event.sequence} of ${accountId} behind ${cursor}: one is missing.`);
      }
      const frames = new EventFrames(event);
      // A page that was on its way when it ended would be held for nobody.
      if (!isEnded) recent.append(event);
      cursor = event.sequence;
      live.offer(frames);
      if (hasRead) onDelivered?.(event);
      if (performance.now() - turnBeganAt > longestTurnMs) {
        await setImmediate();
        turnBeganAt = performance.now();
      }
    }
  };

  const readOn = async () => {
    const expected = head;
    const page = await readPage({ accountId, subject: accountSubject, after: cursor, limit: pageSize });
    const [first] = page.events;
    if (first === undefined && page.head < cursor) return startOver(page);
    const startsBehind = first === undefined ? page.head : first.sequence - 1;
    if (startsBehind > cursor && startsBehind <= page.removedThrough) skipTo(startsBehind);
    await handOut(page);
    // Where nothing came, what was heard of is not there: it was told too early, or of another database.
    head = first === undefined && head === expected ? cursor : Math.max(head ?? 0, page.head, cursor);
  };

  const read = async () => {
    isReading = true;
    try {
      while (!isEnded && (isDue || cursor < (head ?? 0))) {
        isDue = false;
        await readOn();
      }
    } catch (error) {
      onFault(error);
    }
    isReading = false;
    hasRead = true;
    const woken = [...waiting];
    waiting.clear();
    woken.forEach(wake);
  };

  const heard = (lastSequence: number) => {
    if (head === undefined) start(lastSequence);
    head = Math.max(head ?? 0, lastSequence);
    if (!isReading && (isDue || cursor < head)) void read();
  };

  return {
    get head() {
      return head;
    },
    get lag() {
      return Math.max(0, (head ?? 0) - cursor);
    },
    get isUsed() {
      return live.size > 0 || waiting.size > 0;
    },
    heard,
    compared(lastSequence) {
      // An answer may be older than what was read since. A page is not, and says whether the log has become shorter.
      isDue ||= lastSequence < cursor;
      heard(lastSequence);
    },
    join(reader) {
      if (head === undefined || !hasRead) {
        waiting.add(reader);
        return 'unstarted';
      }
      if (reader.cursor === endOfLog) reader.cursor = head;
      if (reader.cursor > head) return 'ahead';
      if (reader.cursor < cursor) {
        if (!recent.reachesBackTo(reader.subject, reader.cursor)) return 'behind';
        reader.begin();
        for (const event of recent.eventsAfter(reader.subject, reader.cursor)) {
          if (!reader.hasRoom()) return 'no_room';
          hand(reader, new EventFrames(event));
        }
      }
      reader.begin();
      live.add(reader);
      return 'live';
    },
    leave(reader) {
      waiting.delete(reader);
      live.remove(reader);
    },
    end() {
      isEnded = true;
      recent.restartBehind(cursor);
    },
  };
}
