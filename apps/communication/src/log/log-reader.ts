import type { EventFrames } from './event-frames.ts';

/** The cursor of a reader who asks for what comes from now on, until it is known where the log ends. */
export const endOfLog = Number.POSITIVE_INFINITY;

/** Somebody who gets the events of one subject, in order and each once. The cursor decides: an event is handed over where its sequence is greater. */
export interface LogReader {
  readonly accountId: string;
  readonly subject: string;
  /** Every event of the subject up to here was handed over, or was not asked for. */
  cursor: number;
  /** The place in its call of the last event that was handed over. */
  lastCallSequence: number | undefined;
  /** Whether nothing more is to be handed over. */
  readonly isOver: boolean;
  /** Whether the client has taken enough of what it was sent to be sent more. */
  hasRoom(): boolean;
  /** Its events follow; called before the first of them, and maybe again. */
  begin(): void;
  take(frames: EventFrames): void;
  /** The log could not be read for it; it is tried again. */
  noteFault(): void;
  /** It has no room: it is to be served from the log again when it has. */
  fallBehind(): void;
  /** Events behind its cursor were removed, up to this sequence. Ends it. */
  endRemoved(removedThrough: number): void;
  /** The log is shorter than its cursor says. Ends it. */
  endAhead(head: number): void;
}

/** Hands one event over, and notes it. One that it had already is left out, whichever way it comes. */
export function hand(reader: LogReader, frames: EventFrames): void {
  if (frames.event.sequence <= reader.cursor) return;
  reader.take(frames);
  reader.cursor = frames.event.sequence;
  reader.lastCallSequence = frames.event.callSequence;
}
