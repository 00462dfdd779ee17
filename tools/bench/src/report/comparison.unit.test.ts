import { describe, expect, test } from '@jest/globals';
import { judge, type Comparison } from './comparison.ts';

const latency = (ours: number, floor: number, aim?: Comparison['aim']): Comparison => ({
  title: 'accept p50',
  unit: 'ms',
  better: 'lower',
  ours: [ours],
  floor: [floor],
  ...(aim && { aim }),
});
const throughput = (ours: number, floor: number, aim: Comparison['aim']): Comparison => ({
  ...latency(ours, floor, aim),
  better: 'higher',
});

const atMost = (limit: number) => ({ kind: 'ratio', limit }) as const;
const beatTheFloor = { kind: 'beat the floor' } as const;

test('compares the medians of the rounds, ours to the floor', () => {
  const { ours, floor, ratio } = judge({ ...latency(0, 0), ours: [3, 90, 2], floor: [1, 2, 3] });
  expect({ ours, floor, ratio }).toEqual({ ours: 3, floor: 2, ratio: 1.5 });
});

describe('an aim that is a ratio', () => {
  test.each([
    ['reached at its limit', latency(1.4, 1, atMost(1.4)), 'met'],
    ['missed above it', latency(1.41, 1, atMost(1.4)), 'missed'],
    ['a tie above a limit that is narrower than a run can tell', latency(1.25, 1, atMost(1.2)), 'tie'],
    ['missed where the difference can be told', latency(1.31, 1, atMost(1.2)), 'missed'],
    ['reached from above where more is better', throughput(0.7, 1, atMost(0.7)), 'met'],
    ['missed where more is better and there is less', throughput(0.69, 1, atMost(0.7)), 'missed'],
  ])('is %s', (_, comparison, verdict) => {
    expect(judge(comparison).verdict).toBe(verdict);
  });
});

describe('an aim that is a value', () => {
  const aim = { kind: 'value', limit: 50 } as const;

  test.each([
    ['reached at its limit, however fast the floor is', latency(50, 1, aim), 'met'],
    ['missed above it, however slow the floor is', latency(51, 100, aim), 'missed'],
    ['reached from above where more is better', throughput(50, 1, aim), 'met'],
    ['missed where more is better and there is less', throughput(49, 1, aim), 'missed'],
  ])('is %s', (_, comparison, verdict) => {
    expect(judge(comparison).verdict).toBe(verdict);
  });
});

describe('an aim to beat the floor', () => {
  test.each([
    ['met by a difference that a run can tell', throughput(1.31, 1, beatTheFloor), 'met'],
    ['a tie for a smaller one', throughput(1.2, 1, beatTheFloor), 'tie'],
    ['a tie just below the floor', throughput(0.8, 1, beatTheFloor), 'tie'],
    ['missed well below it', throughput(0.7, 1, beatTheFloor), 'missed'],
    ['met by less where less is better', latency(0.7, 1, beatTheFloor), 'met'],
    ['missed by more where less is better', latency(1.4, 1, beatTheFloor), 'missed'],
  ])('is %s', (_, comparison, verdict) => {
    expect(judge(comparison).verdict).toBe(verdict);
  });
});

test('a figure without an aim is not judged', () => {
  expect(judge(latency(9, 1)).verdict).toBe('no aim');
});
