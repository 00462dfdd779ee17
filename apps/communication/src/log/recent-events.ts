import { accountSubject } from '@darkroom/contract';
import type { LoggedEvent } from './logged-event.ts';
import type { SharedBudget } from './shared-budget.ts';

/** The last events of one account's log, without a gap, so that who was away for a moment costs `main` nothing. */
export interface RecentEvents {
  /** The next event of the log. The oldest ones go where there are too many. */
  append(event: LoggedEvent): void;
  /** Forgets all; the next event is the one behind this sequence. */
  restartBehind(sequence: number): void;
  /** Whether no event of a subject behind this sequence is missing here. */
  reachesBackTo(subject: string, after: number): boolean;
  /** The events of a subject behind a sequence, in order. */
  eventsAfter(subject: string, after: number): readonly LoggedEvent[];
}

export interface RecentEventsLimits {
  maxEvents: number;
  maxBytes: number;
  /** What all accounts may hold together; undefined where that is no matter. */
  budget?: SharedBudget;
}

/** What an event costs beside its text: the object, and its places in two lists. */
const bytesBesideText = 200;

export function createRecentEvents(
  startsBehind: number,
  { maxEvents, maxBytes, budget }: RecentEventsLimits,
): RecentEvents {
  // The first `dropped` places are empty: shifting an array with every event would cost more than clearing it up now and then.
  let events: LoggedEvent[] = [];
  let dropped = 0;
  let bytes = 0;
  let forgottenThrough = startsBehind;
  const bySubject = new Map<string, LoggedEvent[]>();

  const dropOldest = () => {
    const oldest = events[dropped];
    if (oldest === undefined) return;
    dropped += 1;
    const given = bytesOf(oldest);
    bytes -= given;
    budget?.gave(holder, given);
    forgottenThrough = oldest.sequence;
    if (oldest.subject !== undefined) {
      const ofSubject = bySubject.get(oldest.subject);
      ofSubject?.shift();
      if (ofSubject?.length === 0) bySubject.delete(oldest.subject);
    }
    if (dropped > 1024 && dropped > events.length / 2) {
      events = events.slice(dropped);
      dropped = 0;
    }
  };

  const holder = { dropOldest };

  return {
    append(event) {
      events.push(event);
      const taken = bytesOf(event);
      bytes += taken;
      if (event.subject !== undefined) {
        const ofSubject = bySubject.get(event.subject);
        if (ofSubject === undefined) bySubject.set(event.subject, [event]);
        else ofSubject.push(event);
      }
      budget?.took(holder, taken);
      while (events.length - dropped > maxEvents || bytes > maxBytes) dropOldest();
    },
    restartBehind(sequence) {
      budget?.gave(holder, bytes);
      events = [];
      dropped = 0;
      bytes = 0;
      forgottenThrough = sequence;
      bySubject.clear();
    },
    reachesBackTo(subject, after) {
      return after >= forgottenThrough || bySubject.get(subject)?.[0]?.isFirst === true;
    },
    eventsAfter(subject, after) {
      // The account's events are numbered without gaps, so the place of each is known.
      if (subject === accountSubject) return events.slice(dropped + Math.max(0, after - forgottenThrough));
      return bySubject.get(subject)?.filter(({ sequence }) => sequence > after) ?? [];
    },
  };
}

/** V8 keeps a text with one byte a character where each is of Latin-1, and with two where a single one is not. */
function bytesOf({ json }: LoggedEvent): number {
  return json.length * (beyondLatin1.test(json) ? 2 : 1) + bytesBesideText;
}

const beyondLatin1 = /[\u0100-\uffff]/;
