import type { EventFrames } from '../src/log/event-frames.ts';
import type { LogReader } from '../src/log/log-reader.ts';

/** A reader in memory, whose room a test decides on. */
export class FakeReader implements LogReader {
  readonly accountId = 'default';
  readonly subject: string;
  cursor: number;
  lastCallSequence: number | undefined;
  isOver = false;
  room = Number.POSITIVE_INFINITY;
  readonly got: number[];
  begun = 0;
  faults = 0;
  isParked = false;
  end: string | undefined;

  /** `got`: of the same client before it was cut off. */
  constructor(subject: string, after: number, got: number[] = []) {
    this.got = got;
    this.subject = subject;
    this.cursor = after;
  }

  hasRoom(): boolean {
    return this.room > 0;
  }

  begin(): void {
    this.begun += 1;
  }

  take({ event }: EventFrames): void {
    this.room -= 1;
    this.got.push(event.sequence);
  }

  noteFault(): void {
    this.faults += 1;
  }

  fallBehind(): void {
    this.isParked = true;
  }

  endRemoved(removedThrough: number): void {
    this.isOver = true;
    this.end = `removed through ${removedThrough}`;
  }

  endAhead(head: number): void {
    this.isOver = true;
    this.end = `ahead of ${head}`;
  }
}
