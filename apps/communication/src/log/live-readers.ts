import { accountSubject } from '@darkroom/contract';
import type { EventFrames } from './event-frames.ts';
import { hand, type LogReader } from './log-reader.ts';

/** The readers of one account who have everything that was read of its log, and get what comes. */
export interface LiveReaders {
  readonly size: number;
  add(reader: LogReader): void;
  remove(reader: LogReader): void;
  /** Hands the next event of the log to those who follow it. Who has no room is no longer live. */
  offer(frames: EventFrames): void;
  [Symbol.iterator](): Iterator<LogReader>;
}

export function createLiveReaders(): LiveReaders {
  const bySubject = new Map<string, Set<LogReader>>();
  let size = 0;

  const remove = (reader: LogReader) => {
    const ofSubject = bySubject.get(reader.subject);
    if (ofSubject?.delete(reader) !== true) return;
    size -= 1;
    if (ofSubject.size === 0) bySubject.delete(reader.subject);
  };

  const offerTo = (subject: string, frames: EventFrames) => {
    const { sequence } = frames.event;
    for (const reader of bySubject.get(subject) ?? []) {
      if (sequence <= reader.cursor) continue;
      if (reader.hasRoom()) {
        hand(reader, frames);
        continue;
      }
      remove(reader);
      // It was live, so everything before this event was offered to it.
      reader.cursor = sequence - 1;
      reader.fallBehind();
    }
  };

  return {
    get size() {
      return size;
    },
    add(reader) {
      const ofSubject = bySubject.get(reader.subject) ?? new Set();
      if (ofSubject.has(reader)) return;
      bySubject.set(reader.subject, ofSubject.add(reader));
      size += 1;
    },
    remove,
    offer(frames) {
      offerTo(accountSubject, frames);
      if (frames.event.subject !== undefined) offerTo(frames.event.subject, frames);
    },
    *[Symbol.iterator]() {
      for (const ofSubject of bySubject.values()) yield* ofSubject;
    },
  };
}
