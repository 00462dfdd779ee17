import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { connect, from, grow, settle } from '../../test/delivery-parts.ts';
import { FakeLog } from '../../test/fake-log.ts';
import { FakeReader } from '../../test/fake-reader.ts';
import { endOfLog } from './log-reader.ts';

describe('[P4] a subscription gets every event of its subject once and in order', () => {
  test('what is there, however long ago, and what comes', async () => {
    const { log, follower, catchUps } = connect();
    grow(log, 2500);
    const [all, late, fresh] = [
      new FakeReader('account', 0),
      new FakeReader('account', 2499),
      new FakeReader('account', endOfLog),
    ];
    for (const reader of [all, late, fresh]) catchUps.add(reader);
    follower.compared(log.head);
    await settle();
    grow(log, 3);
    follower.heard(log.head);
    await settle();

    expect(all.got).toEqual(from(1, 2503));
    expect(late.got).toEqual(from(2500, 2503));
    expect(fresh.got).toEqual(from(2501, 2503));
    expect([all.begun > 0, late.begun > 0, fresh.begun > 0]).toEqual([true, true, true]);
  });

  test('of one call, which costs main nothing where it is recent', async () => {
    const { log, follower, catchUps } = connect();
    grow(log, 100, 'call_old');
    catchUps.add(new FakeReader('account', endOfLog));
    follower.compared(log.head);
    await settle();
    grow(log, 5, 'call_new');
    grow(log, 1, 'call_old');
    follower.heard(log.head);
    await settle();
    const readsBefore = log.reads;
    const [whole, partly] = [new FakeReader('call_new', 0), new FakeReader('call_new', 103)];
    catchUps.add(whole);
    catchUps.add(partly);

    expect(whole.got).toEqual(from(101, 105));
    expect(partly.got).toEqual([104, 105]);
    expect(log.reads).toBe(readsBefore);

    const old = new FakeReader('call_old', 0);
    catchUps.add(old);
    await settle();
    expect(old.got).toEqual([...from(1, 100), 106]);
    expect(log.reads).toBeGreaterThan(readsBefore);
  });

  test('of a call that has been quiet for long, which costs main one reading', async () => {
    const { log, follower, catchUps } = connect();
    grow(log, 5, 'call_quiet');
    grow(log, 1500);
    catchUps.add(new FakeReader('account', endOfLog));
    follower.compared(log.head);
    await settle();
    const readsBefore = log.reads;
    // Reading without end would end no turn.
    log.beforeAnswer = async () => expect(log.reads).toBeLessThan(readsBefore + 10);
    const quiet = new FakeReader('call_quiet', 0);
    catchUps.add(quiet);
    await settle();

    expect(quiet.got).toEqual(from(1, 5));
    expect(log.reads).toBe(readsBefore + 1);
  });

  test('news that came twice, late or never change nothing', async () => {
    const { log, follower, catchUps } = connect();
    const reader = new FakeReader('account', 0);
    catchUps.add(reader);
    follower.compared(0);
    grow(log, 3);
    for (const heard of [3, 3, 1, 2]) follower.heard(heard);
    await settle();
    grow(log, 2);
    follower.heard(4);
    await settle();
    grow(log, 1);
    follower.compared(6);
    await settle();
    follower.heard(9);
    await settle();
    follower.compared(2);
    await settle();

    expect(reader.got).toEqual(from(1, 6));
    expect(reader.end).toBeUndefined();
  });

  test('who has no room is served from the log when there is room again', async () => {
    const { log, follower, catchUps } = connect();
    const reader = new FakeReader('account', 0);
    reader.room = 2;
    catchUps.add(reader);
    follower.compared(0);
    await settle();
    grow(log, 200);
    follower.heard(log.head);
    await settle();
    expect(reader.got).toEqual([1, 2]);
    expect(reader.isParked).toBe(true);

    for (const [room, seen] of [
      [3, 5],
      [120, 125],
      [500, 200],
    ] as const) {
      reader.room = room;
      catchUps.add(reader);
      await settle();
      expect(reader.got).toEqual(from(1, seen));
    }
    grow(log, 1);
    follower.heard(log.head);
    await settle();
    expect(reader.got).toEqual(from(1, 201));
  });

  test('while main is away nobody is told anything wrong, and all is delivered when it is back', async () => {
    const { log, follower, catchUps, faults } = connect();
    const [live, coming] = [new FakeReader('account', 0), new FakeReader('call_a', 0)];
    catchUps.add(live);
    follower.compared(0);
    await settle();
    log.beforeAnswer = () => Promise.reject(new Error('main is away'));
    grow(log, 200);
    follower.heard(200);
    catchUps.add(coming);
    await settle();
    expect([live.got, live.end, coming.end]).toEqual([[], undefined, undefined]);
    expect(faults.length).toBeGreaterThan(0);

    log.beforeAnswer = () => Promise.resolve();
    follower.compared(200);
    catchUps.resume();
    await settle();
    expect(live.got).toEqual(from(1, 200));
    expect(coming.got).toEqual(from(1, 200));
  });
});

/** The same numbers for the same seed, so that a failure can be repeated. */
function createDice(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >>> 8) % below;
  };
}

test.each(from(1, 40))(
  '[P4] readers who come, go, stall and come back amid faults miss nothing: seed %i',
  async (seed) => {
    const dice = createDice(seed);
    const { log, follower, catchUps } = connect(new FakeLog(), { maxEvents: 20, maxBytes: 1_000_000 });
    const calls = ['call_a', 'call_b', 'call_c', 'call_d'];
    const readers: { reader: FakeReader; after: number; got: number[] }[] = [];
    log.beforeAnswer = async () => {
      for (let turns = dice(4); turns > 0; turns -= 1) await setImmediate();
      if (dice(10) === 0) throw new Error('main is away for a moment');
    };

    for (let step = 0; step < 300; step += 1) {
      const what = dice(8);
      if (what <= 2) for (let n = dice(9); n >= 0; n -= 1) log.append(calls[dice(4)] ?? 'call_a');
      if (what === 3) follower.heard(log.head);
      if (what === 4) {
        const after = dice(log.head + 1);
        const reader = new FakeReader(['account', ...calls][dice(5)] ?? 'account', after);
        reader.room = dice(30);
        readers.push({ reader, after, got: reader.got });
        catchUps.add(reader);
      }
      if (what === 5) {
        // Cut off, and back behind the last event that it has.
        const cut = readers[dice(readers.length || 1)];
        if (cut !== undefined) {
          cut.reader.isOver = true;
          follower.leave(cut.reader);
          catchUps.remove(cut.reader);
          cut.reader = new FakeReader(cut.reader.subject, cut.got.at(-1) ?? cut.after, cut.got);
          cut.reader.room = dice(30);
          catchUps.add(cut.reader);
        }
      }
      if (what === 6) {
        for (const { reader } of readers) {
          reader.room += dice(20);
          if (reader.isParked && reader.hasRoom()) {
            reader.isParked = false;
            catchUps.add(reader);
          }
        }
      }
      if (what === 7) {
        follower.compared(Math.max(0, log.head - dice(3)));
        catchUps.resume();
      }
      if (dice(3) === 0) await setImmediate();
    }

    log.beforeAnswer = () => Promise.resolve();
    for (const { reader } of readers) reader.room = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 3; round += 1) {
      follower.compared(log.head);
      catchUps.resume();
      for (const { reader } of readers) if (reader.isParked) catchUps.add(reader);
      await settle();
      await settle();
    }
    expect(readers.length).toBeGreaterThan(5);
    for (const { reader, after, got } of readers) {
      expect(reader.end).toBeUndefined();
      expect(got).toEqual(log.sequencesOf(reader.subject, after));
    }
  },
);
