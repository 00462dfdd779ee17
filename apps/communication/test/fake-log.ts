import type { LogPage, ReadLogPage } from '../src/log/log-page.ts';
import { toLoggedEvent } from '../src/log/logged-event.ts';

/** One account's log in memory, with the faults that a real one can have. */
export class FakeLog {
  readonly events: { sequence: number; callId: string; callSequence: number }[] = [];
  removedThrough = 0;
  /** Answers each question that is asked, so that a test decides when and how. */
  beforeAnswer: () => Promise<void> = () => Promise.resolve();
  reads = 0;

  get head(): number {
    return this.events.at(-1)?.sequence ?? 0;
  }

  append(callId: string): void {
    const callSequence = this.events.filter((event) => event.callId === callId).length + 1;
    this.events.push({ sequence: this.head + 1, callId, callSequence });
  }

  sequencesOf(subject: string, after = 0): number[] {
    return this.events
      .filter(({ callId, sequence }) => sequence > after && (subject === 'account' || callId === subject))
      .map(({ sequence }) => sequence);
  }

  readonly readPage: ReadLogPage = async ({ subject, after, limit }): Promise<LogPage> => {
    this.reads += 1;
    const { head } = this;
    await this.beforeAnswer();
    const found = this.events.filter(
      ({ sequence, callId }) =>
        sequence > Math.max(after, this.removedThrough) && (subject === 'account' || callId === subject),
    );
    const events = found
      .slice(0, limit)
      .map((event) => toLoggedEvent({ ...event, type: 'call.progress', createdAt: '2026-01-31T12:00:00.000Z' }));
    return { events, head, removedThrough: this.removedThrough, hasMore: events.length >= limit };
  };
}
