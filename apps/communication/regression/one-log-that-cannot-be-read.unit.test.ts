import { setImmediate } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { until } from '@darkroom/testing';
import { createLogger } from '@darkroom/platform-logging';
import { FakeLog } from '../test/fake-log.ts';
import { FakeReader } from '../test/fake-reader.ts';
import { createCatchUps } from '../src/log/catch-ups.ts';
import { createFollower } from '../src/log/follower.ts';
import type { ReadLogPage } from '../src/log/log-page.ts';
import { startComparison } from '../src/main-api/comparison.ts';

const logger = createLogger({ service: 'communication', level: 'error', json: true });

test('a call whose events cannot be read keeps nobody else waiting, and is read when it can be', async () => {
  const log = new FakeLog();
  for (let n = 0; n < 1500; n += 1) log.append(n % 2 === 0 ? 'call_broken' : 'call_whole');
  let isBroken = true;
  const readPage: ReadLogPage = (question) =>
    isBroken && question.subject === 'call_broken'
      ? Promise.reject(new Error('main answered 500'))
      : log.readPage(question);
  const faults: unknown[] = [];
  const onFault = (error: unknown) => void faults.push(error);
  const follower = createFollower({
    ...{ accountId: 'default', readPage, onFault, recentLimits: { maxEvents: 50, maxBytes: 1_000_000 } },
    wake: (reader) => catchUps.add(reader),
  });
  const catchUps = createCatchUps({ followerOf: () => follower, readPage, ownerOf: (reader) => reader, onFault });
  follower.compared(log.head);
  const [broken, whole] = [new FakeReader('call_broken', 0), new FakeReader('call_whole', 0)];
  catchUps.add(broken);
  await until('it was tried', () => broken.faults > 0);
  for (let turn = 0; turn < 30; turn += 1) await setImmediate();
  expect([faults.length, broken.faults]).toEqual([1, 1]);
  catchUps.add(whole);
  await until('the other was served', () => whole.got.length === 750);

  isBroken = false;
  catchUps.resume();
  await until('it was read', () => broken.got.length === 750);
  expect([broken.got, whole.got]).toEqual([log.sequencesOf('call_broken'), log.sequencesOf('call_whole')]);
});

test('one log that cannot be read says nothing of main, and its faults put no comparison off', async () => {
  let comparisons = 0;
  const comparison = startComparison({
    wanted: () => ({ accountIds: [], sessionIds: [] }),
    readHeads: () => {
      comparisons += 1;
      return Promise.resolve({ heads: {}, endedSessionIds: [] });
    },
    ...{ onHeads: () => undefined, onAnswer: () => undefined, onAway: () => undefined, logger },
  });
  await until('main was read', () => comparison.awaySince === undefined);
  const faults = setInterval(() => comparison.noteFault(new Error('main answered 500')), 20);
  await until('it was compared again and again', () => comparisons >= 4);
  clearInterval(faults);
  comparison.stop();

  expect(comparison.awaySince).toBeUndefined();
});

test('while main is away, who asks again and again puts no comparison off', async () => {
  let comparisons = 0;
  const comparison = startComparison({
    wanted: () => ({ accountIds: [], sessionIds: [] }),
    readHeads: () => {
      comparisons += 1;
      return Promise.reject(new Error('main is away'));
    },
    ...{ onHeads: () => undefined, onAnswer: () => undefined, onAway: () => undefined, logger },
  });
  const asking = setInterval(comparison.now, 20);
  await until('it was compared again and again', () => comparisons >= 4);
  clearInterval(asking);
  comparison.stop();

  expect(comparison.fault).toBe('main is away');
});
