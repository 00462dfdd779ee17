import { describe, expect, test } from '@jest/globals';
import { matchSubscriptions, type MatchingSubscription, type NotifiableEvent } from './match-subscriptions.ts';

const start = Date.parse('2026-01-01T00:00:00Z');
let sequence = 0;

function event(
  type: NotifiableEvent['type'],
  more: Partial<NotifiableEvent> & { atMs?: number } = {},
): NotifiableEvent {
  const { atMs = 0, ...rest } = more;
  sequence += 1;
  return { sequence, call_id: 'call_a', batch_id: null, type, created_at: new Date(start + atMs), ...rest };
}

function subscription(more: Partial<MatchingSubscription>): MatchingSubscription {
  return {
    id: 'sub',
    call_id: null,
    batch_id: null,
    channel: 'webhook',
    event_types: null,
    after_sequence: 0,
    until_sequence: null,
    ...more,
  };
}

function told(
  events: NotifiableEvent[],
  subscriptions: MatchingSubscription[],
  {
    batchOfCall = {},
    toldProgress = new Map<string, Date>(),
  }: { batchOfCall?: object; toldProgress?: Map<string, Date> } = {},
): string[] {
  const batches = new Map(Object.entries(batchOfCall) as [string, string][]);
  return matchSubscriptions({ events, subscriptions, batchOfCall: batches, toldProgress }).map(
    ({ event: { type }, subscription: { id } }) => `${id} ${type}`,
  );
}

const ofBatch = { batch_id: 'bat_b', call_id: null };

describe('who is told of an event', () => {
  test("a call's subscription, of the types that it names, and nobody else's", () => {
    const events = [event('call.accepted'), event('call.completed'), event('call.completed', { call_id: 'call_b' })];
    expect(told(events, [subscription({ call_id: 'call_a', event_types: ['call.completed'] })])).toEqual([
      'sub call.completed',
    ]);
  });

  test("a batch's subscription: of the batch, and of its calls where it names their types", () => {
    const events = [
      event('call.failed'),
      event('batch.completed', ofBatch),
      event('call.failed', { call_id: 'call_z' }),
    ];
    const end = subscription({ id: 'end', batch_id: 'bat_b', event_types: ['batch.completed'] });
    const both = subscription({ id: 'both', batch_id: 'bat_b', event_types: ['batch.completed', 'call.failed'] });
    expect(told(events, [end, both], { batchOfCall: { call_a: 'bat_b' } })).toEqual([
      'both call.failed',
      'end batch.completed',
      'both batch.completed',
    ]);
  });

  test("the account's own, without types: of the end of calls outside of batches and of the end of batches", () => {
    const events = [
      event('call.accepted'),
      event('call.completed'),
      event('call.cancelled', { call_id: 'call_b' }),
      event('batch.accepted', ofBatch),
      event('batch.failed', ofBatch),
    ];
    expect(told(events, [subscription({})], { batchOfCall: { call_b: 'bat_b' } })).toEqual([
      'sub call.completed',
      'sub batch.failed',
    ]);
  });

  test("the account's own, with types: of exactly these, in batches too", () => {
    const events = [event('call.accepted'), event('call.completed'), event('batch.completed', ofBatch)];
    const own = subscription({ event_types: ['call.accepted', 'call.completed'] });
    expect(told(events, [own], { batchOfCall: { call_a: 'bat_b' } })).toEqual([
      'sub call.accepted',
      'sub call.completed',
    ]);
  });

  test('nobody of what happened before they subscribed', () => {
    const events = [event('call.completed'), event('call.completed')];
    const own = subscription({ after_sequence: events[0]?.sequence ?? 0 });
    expect(told(events, [own])).toHaveLength(1);
  });

  test('nobody of notifications', () => {
    const own = subscription({ event_types: ['call.completed'] });
    expect(told([event('notification.given_up', { call_id: null })], [own, subscription({ id: 'all' })])).toEqual([]);
  });
});

describe('progress', () => {
  const everything = subscription({
    call_id: 'call_a',
    event_types: ['call.accepted', 'call.progress', 'call.completed'],
  });

  test('is told every 500 ms at most, start and end always', () => {
    const events = [
      event('call.accepted'),
      ...[0, 100, 499, 500, 900, 1000].map((atMs) => event('call.progress', { atMs })),
      event('call.completed', { atMs: 1001 }),
    ];
    const notifications = matchSubscriptions({
      events,
      subscriptions: [everything],
      batchOfCall: new Map(),
      toldProgress: new Map(),
    });
    expect(notifications.map(({ event: { type, created_at } }) => [type, created_at.getTime() - start])).toEqual([
      ['call.accepted', 0],
      ['call.progress', 0],
      ['call.progress', 500],
      ['call.progress', 1000],
      ['call.completed', 1001],
    ]);
  });

  test('of another call and to another subscription is counted by itself', () => {
    const events = [event('call.progress'), event('call.progress', { atMs: 1, call_id: 'call_b' })];
    const all = subscription({ id: 'all', event_types: ['call.progress'] });
    expect(told(events, [everything, all])).toEqual(['sub call.progress', 'all call.progress', 'all call.progress']);
  });

  test('counts from the last one that was told in an earlier look', () => {
    const toldProgress = new Map([['sub call_a', new Date(start)]]);
    const events = [event('call.progress', { atMs: 300 }), event('call.progress', { atMs: 600 })];
    expect(told(events, [everything], { toldProgress })).toHaveLength(1);
  });
});
