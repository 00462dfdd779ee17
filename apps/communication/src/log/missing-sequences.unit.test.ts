import { describe, expect, test } from '@jest/globals';
import { connect, from, grow, settle } from '../../test/delivery-parts.ts';
import { FakeReader } from '../../test/fake-reader.ts';
import { endOfLog } from './log-reader.ts';

describe('a sequence that the log does not have', () => {
  test('of the future is refused once main has been asked', async () => {
    const { log, follower, catchUps } = connect();
    grow(log, 5);
    follower.compared(5);
    await settle();
    const [ahead, justAhead] = [new FakeReader('account', 900), new FakeReader('account', 6)];
    log.append('call_a');
    catchUps.add(ahead);
    catchUps.add(justAhead);
    await settle();

    expect(ahead.end).toBe('ahead of 6');
    expect(ahead.begun).toBe(0);
    expect([justAhead.end, justAhead.begun > 0]).toEqual([undefined, true]);
  });

  test('that was removed is refused, and what is whole without it is not', async () => {
    const { log, follower, catchUps } = connect();
    grow(log, 1500, 'call_old');
    grow(log, 5, 'call_new');
    log.removedThrough = 1480;
    follower.compared(log.head);
    await settle();
    const [account, old, whole] = [
      new FakeReader('account', 7),
      new FakeReader('call_old', 7),
      new FakeReader('call_new', 0),
    ];
    for (const reader of [account, old, whole]) catchUps.add(reader);
    await settle();

    expect([account.end, old.end, whole.end]).toEqual(['removed through 1480', 'removed through 1480', undefined]);
    expect(whole.got).toEqual(from(1501, 1505));
  });

  test('ends those who were behind what was removed meanwhile, and nobody else', async () => {
    const { log, follower, catchUps } = connect();
    grow(log, 10);
    const [behind, abreast] = [new FakeReader('account', 10), new FakeReader('account', endOfLog)];
    catchUps.add(behind);
    follower.compared(10);
    await settle();
    log.beforeAnswer = () => Promise.reject(new Error('main is away'));
    grow(log, 20);
    follower.heard(30);
    await settle();
    log.beforeAnswer = () => Promise.resolve();
    log.removedThrough = 25;
    catchUps.add(abreast);
    follower.compared(30);
    await settle();

    expect([behind.end, behind.got]).toEqual(['removed through 25', []]);
    grow(log, 1);
    follower.heard(31);
    await settle();
    expect([abreast.end, abreast.got]).toEqual([undefined, [31]]);
  });

  test('a log that has become shorter ends everybody who was ahead of it', async () => {
    const { log, follower, catchUps } = connect();
    grow(log, 10);
    const reader = new FakeReader('account', 0);
    catchUps.add(reader);
    follower.compared(10);
    await settle();
    log.events.splice(4);
    follower.compared(4);
    await settle();
    const again = new FakeReader('account', 4);
    catchUps.add(again);
    log.append('call_a');
    follower.heard(5);
    await settle();

    expect(reader.end).toBe('ahead of 4');
    expect(again.got).toEqual([5]);
  });

  test('an event that main leaves out is waited for, not passed over', async () => {
    const { log, follower, catchUps, faults } = connect();
    const reader = new FakeReader('account', 0);
    catchUps.add(reader);
    follower.compared(0);
    grow(log, 5);
    const [hidden] = log.events.splice(2, 1);
    follower.heard(5);
    await settle();
    expect(reader.got).toEqual([1, 2]);
    expect(String(faults[0])).toContain('one is missing');

    if (hidden !== undefined) log.events.splice(2, 0, hidden);
    follower.compared(5);
    await settle();
    expect(reader.got).toEqual(from(1, 5));
  });
});
