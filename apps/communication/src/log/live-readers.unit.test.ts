import { expect, test } from '@jest/globals';
import { FakeReader } from '../../test/fake-reader.ts';
import { EventFrames } from './event-frames.ts';
import { createLiveReaders } from './live-readers.ts';
import { toLoggedEvent } from './logged-event.ts';

const event = (sequence: number, callId = 'call_a') =>
  new EventFrames(toLoggedEvent({ sequence, callId, type: 'call.progress', createdAt: '2026-01-31T12:00:00.000Z' }));

test('who has read further than the log was followed is not given again what it has', () => {
  const live = createLiveReaders();
  const reader = new FakeReader('account', 8);
  live.add(reader);
  for (const sequence of [6, 7, 8, 9]) live.offer(event(sequence));

  expect(reader.got).toEqual([9]);
});

test('and is not moved back by it where it has no room', () => {
  const live = createLiveReaders();
  const reader = new FakeReader('account', 8);
  live.add(reader);
  reader.room = 0;
  for (const sequence of [6, 7, 8]) live.offer(event(sequence));
  expect([reader.isParked, reader.cursor, live.size]).toEqual([false, 8, 1]);

  live.offer(event(9));
  expect([reader.isParked, reader.cursor, live.size]).toEqual([true, 8, 0]);
});

test('who has no room goes on before the event that found none, not behind the last one of its call', () => {
  const live = createLiveReaders();
  const reader = new FakeReader('call_b', 1);
  live.add(reader);
  for (const sequence of [2, 3, 4]) live.offer(event(sequence));
  reader.room = 0;
  live.offer(event(5, 'call_b'));

  expect([reader.isParked, reader.cursor, reader.got]).toEqual([true, 4, []]);
});

test('who has no room is not offered what comes next, before it has come back', () => {
  const live = createLiveReaders();
  const reader = new FakeReader('account', 0);
  live.add(reader);
  reader.room = 0;
  live.offer(event(1));
  reader.room = 5;
  live.offer(event(2));

  expect([reader.cursor, reader.got]).toEqual([0, []]);
});

test('each is there once, and counted once, however often it comes', () => {
  const live = createLiveReaders();
  const [reader, other] = [new FakeReader('account', 0), new FakeReader('call_a', 0)];
  for (const one of [reader, reader, other]) live.add(one);
  live.offer(event(1));
  expect([live.size, [...live], reader.got, other.got]).toEqual([2, [reader, other], [1], [1]]);

  for (const one of [reader, reader, other]) live.remove(one);
  live.offer(event(2));
  expect([live.size, [...live], reader.got, other.got]).toEqual([0, [], [1], [1]]);
});
