import { describe, expect, test } from '@jest/globals';
import { judgePage } from './judge-page.ts';
import type { LoggedEvent } from './logged-event.ts';

const event = (sequence: number, more: Partial<LoggedEvent> = {}): LoggedEvent => ({
  sequence,
  type: 'call.progress',
  subject: 'call_a',
  isFirst: false,
  callSequence: 5,
  recordedAt: 0,
  json: '{}',
  ...more,
});
const page = (events: LoggedEvent[], removedThrough = 0, head = 50) => ({
  events,
  head,
  removedThrough,
  hasMore: false,
});
const account = (cursor: number) => ({ subject: 'account', cursor, lastCallSequence: undefined });
const call = (cursor: number, lastCallSequence?: number) => ({ subject: 'call_a', cursor, lastCallSequence });

describe('what a page says of the cursor that it was read behind', () => {
  test.each([
    ['nothing was removed', page([event(7)]), call(3), 'whole'],
    ['nothing is new', page([]), account(50), 'whole'],
    ['the log ends before it', page([]), account(51), 'ahead'],
    ['what was removed is before it', page([event(31)], 30), account(30), 'whole'],
    ['the next event of the account is there', page([event(21)], 25), account(20), 'whole'],
    ['the next event of the account was removed', page([event(31)], 30), account(20), 'removed'],
    ['all events behind it were removed', page([], 50), account(20), 'removed'],
    ["the call's first event is there", page([event(31, { isFirst: true, callSequence: 1 })], 30), call(0), 'whole'],
    ["the call's next event is there", page([event(31)], 30), call(20, 4), 'whole'],
    ['an event of the call may be missing', page([event(31)], 30), call(20, 3), 'removed'],
    ["it cannot be known which of the call's is the next", page([event(31)], 30), call(20), 'removed'],
  ] as const)('%s', (_name, read, reader, verdict) => {
    expect(judgePage({ ...read, events: [...read.events] }, reader)).toBe(verdict);
  });
});
