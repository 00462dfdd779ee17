import { EventEmitter } from 'node:events';
import type { AccountEvent } from '@darkroom/contract';

/** An account's log that a test writes to, and whoever follows it hears of. */
export interface TestLog {
  append(...events: AccountEvent[]): void;
  /** The events of a subject behind a sequence. */
  after(subject: string, sequence: number): AccountEvent[];
  readonly lastSequence: number;
  /** Calls back after every append, until what it answers is called. */
  watch(onNews: () => void): () => void;
}

export function createTestLog(): TestLog {
  const events: AccountEvent[] = [];
  const news = new EventEmitter({ captureRejections: false });
  news.setMaxListeners(0);
  return {
    append(...more) {
      events.push(...more);
      news.emit('news');
    },
    after: (subject, sequence) =>
      events.filter((event) => event.sequence > sequence && (subject === 'account' || subjectOf(event) === subject)),
    get lastSequence() {
      return events.at(-1)?.sequence ?? 0;
    },
    watch(onNews) {
      news.on('news', onNews);
      return () => void news.off('news', onNews);
    },
  };
}

function subjectOf(event: AccountEvent): string {
  if ('callId' in event) return event.callId;
  return 'batchId' in event ? event.batchId : event.notificationId;
}
