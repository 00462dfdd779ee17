import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { expectNoLeakedProcesses } from '@darkroom/testing';
import { benchParts } from '../src/bench-options.ts';
import type { BenchResult } from '../src/report/bench-result.ts';
import { renderReport } from '../src/report/render-report.ts';
import { runBenchmarks } from '../src/run-benchmarks.ts';

const messages: string[] = [];
let result: BenchResult;

beforeAll(async () => {
  const report = (message: string) => void messages.push(message);
  result = await runBenchmarks({
    parts: benchParts,
    rounds: 1,
    length: 0.04,
    report,
    signal: new AbortController().signal,
  });
}, 500_000);

afterAll(expectNoLeakedProcesses);

test('a tiny run measures both sides of every figure', () => {
  const comparisons = result.groups.flatMap((group) => group.comparisons);
  expect(comparisons.filter(({ aim }) => aim !== undefined).map(({ title }) => title)).toEqual([
    'accept p50, one account',
    'accept p50, 50 accounts',
    'end to end p50',
    'sustained calls',
    'CPU per call, all processes',
    'polls',
    'polls with ETag (304)',
  ]);
  for (const { title, ours, floor } of comparisons) {
    expect([title, ours.length, floor.length]).toEqual([title, 1, 1]);
    expect([...ours, ...floor].every(Number.isFinite)).toBe(true);
    // With a handful of calls, what the garbage collector gives back is more than they take.
    if (title !== "worker's memory for a waiting call")
      expect([...ours, ...floor].every((value) => value >= 0)).toBe(true);
  }
});

test('waiting is measured in and after the expected window, and stands in the report', () => {
  const report = renderReport(result);
  expect(report).toContain('### Waiting in the expected window: 80 polled calls');
  expect(report).toContain('### Waiting after the expected window: 16 polled calls');
});

test('steps of tasks are measured beside ten bare activities', () => {
  const report = renderReport(result);
  expect(report).toContain('### Steps of asynchronous tasks, 2 ten-step tasks in flight');
  expect(messages.filter((message) => message.startsWith('steps of tasks: '))).toHaveLength(4);
});

test('webhooks are counted for one account and for fifty', () => {
  const titles = result.groups.find(({ title }) => title === 'Webhooks')?.comparisons.map(({ title }) => title);
  expect(titles).toEqual(['webhook deliveries, one account', 'webhook deliveries, 50 accounts']);
});

test('the sides take turns, each round', () => {
  const turns = messages.filter((message) => message.startsWith('end to end: '));
  expect(turns).toEqual(
    ['ours, warm-up', 'floor, warm-up', 'ours, round 1 of 1', 'floor, round 1 of 1'].map(
      (turn) => `end to end: ${turn}`,
    ),
  );
});

test('the memory of every process is there, and all of it is in the report', () => {
  const processes = [
    'main',
    'worker',
    'floor: API',
    'floor: worker',
    'Temporal',
    'PostgreSQL',
    'object store',
    'simulator',
  ];
  expect(result.memory.map(({ process }) => process)).toEqual(processes);
  expect(result.memory.every(({ megabytes }) => megabytes > 5)).toBe(true);
  const report = renderReport(result);
  for (const text of [...processes, ...Object.keys(result.machine), ...Object.keys(result.settings)])
    expect(report).toContain(text);
});
