import { describe, expect, test } from '@jest/globals';
import { accountSubject } from '@darkroom/contract';
import type { LoggedEvent } from './logged-event.ts';
import { createRecentEvents } from './recent-events.ts';
import { createSharedBudget } from './shared-budget.ts';

const roomy = { maxEvents: 1000, maxBytes: 1_000_000 };

function event(sequence: number, more: Partial<LoggedEvent> = {}): LoggedEvent {
  return {
    sequence,
    type: 'call.progress',
    subject: 'call_a',
    isFirst: false,
    callSequence: 2,
    recordedAt: 0,
    json: '{}',
    ...more,
  };
}

const numbers = (events: readonly LoggedEvent[]) => events.map(({ sequence }) => sequence);

test("gives the account's events behind a sequence, and those of one subject", () => {
  const recent = createRecentEvents(40, roomy);
  for (const [sequence, subject] of [
    [41, 'call_a'],
    [42, 'call_b'],
    [43, undefined],
    [44, 'call_a'],
  ] as const)
    recent.append(event(sequence, { subject }));

  expect(numbers(recent.eventsAfter(accountSubject, 40))).toEqual([41, 42, 43, 44]);
  expect(numbers(recent.eventsAfter(accountSubject, 43))).toEqual([44]);
  expect(numbers(recent.eventsAfter(accountSubject, 44))).toEqual([]);
  expect(numbers(recent.eventsAfter('call_a', 41))).toEqual([44]);
  expect(numbers(recent.eventsAfter('call_b', 0))).toEqual([42]);
  expect(numbers(recent.eventsAfter('call_c', 0))).toEqual([]);
});

test('knows how far back it reaches: to where it began, and to the beginning of a subject that it holds whole', () => {
  const recent = createRecentEvents(40, roomy);
  recent.append(event(41));
  recent.append(event(42, { subject: 'call_new', isFirst: true, callSequence: 1 }));

  expect(recent.reachesBackTo(accountSubject, 40)).toBe(true);
  expect(recent.reachesBackTo(accountSubject, 39)).toBe(false);
  expect(recent.reachesBackTo('call_a', 0)).toBe(false);
  expect(recent.reachesBackTo('call_new', 0)).toBe(true);
  expect(recent.reachesBackTo('call_unseen', 41)).toBe(true);
  expect(recent.reachesBackTo('call_unseen', 0)).toBe(false);
});

test('keeps as many events as it may, and says truly what it gave up', () => {
  const recent = createRecentEvents(0, { maxEvents: 3, maxBytes: 1_000_000 });
  recent.append(event(1, { isFirst: true, callSequence: 1 }));
  for (let sequence = 2; sequence <= 5000; sequence += 1) recent.append(event(sequence));

  expect(numbers(recent.eventsAfter(accountSubject, 0))).toEqual([4998, 4999, 5000]);
  expect(numbers(recent.eventsAfter('call_a', 0))).toEqual([4998, 4999, 5000]);
  expect(recent.reachesBackTo('call_a', 0)).toBe(false);
  expect(recent.reachesBackTo(accountSubject, 4997)).toBe(true);
  expect(recent.reachesBackTo(accountSubject, 4996)).toBe(false);
});

test('keeps as many bytes as it may', () => {
  const recent = createRecentEvents(0, { maxEvents: 1000, maxBytes: 10_000 });
  for (let sequence = 1; sequence <= 20; sequence += 1) recent.append(event(sequence, { json: 'x'.repeat(2_800) }));

  expect(numbers(recent.eventsAfter(accountSubject, 0))).toEqual([18, 19, 20]);
  expect(recent.reachesBackTo(accountSubject, 16)).toBe(false);
});

test.each([
  ['in Latin letters', 'é', [18, 19, 20]],
  ['with a Chinese character', '漢', [20]],
  ['with an emoji', '😀', [20]],
])('counts the bytes that a text takes in memory: %s', (_what, character, kept) => {
  const recent = createRecentEvents(0, { maxEvents: 1000, maxBytes: 10_000 });
  const json = JSON.stringify({ prompt: `${'x'.repeat(2_780)}${character}` });
  for (let sequence = 1; sequence <= 20; sequence += 1) recent.append(event(sequence, { json }));

  expect(numbers(recent.eventsAfter(accountSubject, 0))).toEqual(kept);
});

test('forgets all where the log goes on elsewhere', () => {
  const recent = createRecentEvents(0, roomy);
  recent.append(event(1, { isFirst: true }));
  recent.restartBehind(90);
  recent.append(event(91));

  expect(numbers(recent.eventsAfter(accountSubject, 0))).toEqual([91]);
  expect(numbers(recent.eventsAfter('call_a', 0))).toEqual([91]);
  expect(recent.reachesBackTo('call_a', 0)).toBe(false);
  expect(recent.reachesBackTo(accountSubject, 90)).toBe(true);
});

describe('accounts that share their memory', () => {
  const large = { json: 'x'.repeat(800) };

  function setUp(count: number) {
    const budget = createSharedBudget(10_000);
    return Array.from({ length: count }, () => createRecentEvents(0, { ...roomy, budget }));
  }

  test('hold so much together, and what an account had that was quiet for longest goes first, its oldest before the others', () => {
    const [quiet, busy] = setUp(2);
    for (let sequence = 1; sequence <= 4; sequence += 1) quiet?.append(event(sequence, large));
    for (let sequence = 1; sequence <= 8; sequence += 1) busy?.append(event(sequence, large));
    expect(numbers(quiet?.eventsAfter(accountSubject, 0) ?? [])).toEqual([3, 4]);
    expect([quiet?.reachesBackTo('call_a', 2), quiet?.reachesBackTo('call_a', 1)]).toEqual([true, false]);
    expect(numbers(busy?.eventsAfter(accountSubject, 0) ?? [])).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);

    quiet?.append(event(5, large));
    expect(numbers(quiet?.eventsAfter(accountSubject, 0) ?? [])).toEqual([3, 4, 5]);
    expect(numbers(busy?.eventsAfter(accountSubject, 0) ?? [])).toEqual([2, 3, 4, 5, 6, 7, 8]);
  });

  test('get back what one of them lets go of', () => {
    const [first, second, third] = setUp(3);
    for (let sequence = 1; sequence <= 5; sequence += 1) first?.append(event(sequence, large));
    for (let sequence = 1; sequence <= 5; sequence += 1) second?.append(event(sequence, large));
    second?.restartBehind(5);
    for (let sequence = 1; sequence <= 5; sequence += 1) third?.append(event(sequence, large));

    expect(numbers(first?.eventsAfter(accountSubject, 0) ?? [])).toEqual([1, 2, 3, 4, 5]);
    expect(numbers(third?.eventsAfter(accountSubject, 0) ?? [])).toEqual([1, 2, 3, 4, 5]);
  });

  test('hold an event that is larger than all of it for nobody', () => {
    const [only] = setUp(1);
    only?.append(event(1, { json: 'x'.repeat(20_000), isFirst: true }));

    expect(numbers(only?.eventsAfter('call_a', 0) ?? [])).toEqual([]);
    expect(only?.reachesBackTo('call_a', 0)).toBe(false);
  });
});
