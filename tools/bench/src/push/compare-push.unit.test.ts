import { expect, test } from '@jest/globals';
import { judge } from '../report/comparison.ts';
import { checkSameBytes, comparePush } from './compare-push.ts';
import type { PushSize } from './push-settings.ts';

const noAims = { hasLatencyAim: false, hasMemoryAim: false };
const round = { latenciesMs: [1, 60], latenciesToAllMs: [2, 40], memoryKilobytes: 13, bytesEach: 400 };

test('there is an aim for how fast events come at one size, and for the memory of a connection at another', () => {
  const verdicts = (aims: Pick<PushSize, 'hasLatencyAim' | 'hasMemoryAim'>) =>
    comparePush({ connections: 1_000, ...aims }, { ours: [round], floor: [round] }).map((comparison) => [
      comparison.title,
      judge(comparison).verdict,
    ]);
  expect(verdicts({ hasLatencyAim: true, hasMemoryAim: false })).toEqual([
    ['p50, 1,000 connections', 'no aim'],
    ['p99, 1,000 connections', 'missed'],
    ['p50 to all of 1,000 connections', 'no aim'],
    ['p99 to all of 1,000 connections', 'met'],
    ["server's memory for a connection, 1,000 connections", 'no aim'],
  ]);
  const others = verdicts({ hasLatencyAim: false, hasMemoryAim: true }).map(([, verdict]) => verdict);
  expect(others).toEqual(['no aim', 'no aim', 'no aim', 'no aim', 'met']);
});

test('of one connection alone only the times are told', () => {
  const comparisons = comparePush({ connections: 1, ...noAims }, { ours: [round], floor: [round] });
  expect(comparisons.map(({ title, ours }) => [title, ours])).toEqual([
    ['p50, 1 connection', [1]],
    ['p99, 1 connection', [60]],
  ]);
});

test('sides that send messages of different lengths are not compared', () => {
  checkSameBytes({ ours: [round], floor: [{ ...round, bytesEach: 404 }] });
  expect(() => checkSameBytes({ ours: [round], floor: [{ ...round, bytesEach: 300 }] })).toThrow('400, 300');
});
