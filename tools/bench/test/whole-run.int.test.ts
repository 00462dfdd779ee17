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
}, 900_000);

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
    'p99, 40 connections',
    'p99 to all of 40 connections',
    "server's memory for a connection, 200 connections",
  ]);
  for (const { title, better, ours, floor } of comparisons) {
    expect([title, ours.length, floor.length]).toEqual([title, 1, 1]);
    const figures = [...ours, ...floor];
    expect([title, figures.filter((value) => !Number.isFinite(value))]).toEqual([title, []]);
    // With a handful of calls or connections, what the garbage collector gives back is more than they take.
    if (!title.includes("'s memory for a ")) expect([title, figures.filter((value) => value < 0)]).toEqual([title, []]);
    // A rate of nothing is of a round in which nothing was done.
    if (better === 'higher') expect([title, Math.min(...ours, ...floor) > 0]).toEqual([title, true]);
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

test('a batch is measured beside the same calls sent one by one, in turn', () => {
  const titles = result.groups
    .find(({ title }) => title === 'A batch of 16 calls')
    ?.comparisons.map(({ title }) => title);
  expect(titles).toEqual([
    'calls of a batch accepted',
    'calls of a batch completed',
    'CPU per call of a batch, all processes',
  ]);
  expect(messages.filter((message) => message.startsWith('batches: '))).toEqual([
    'batches: batch, warm-up',
    'batches: one by one, warm-up',
    'batches: batch, round 1 of 1',
    'batches: one by one, round 1 of 1',
  ]);
});

test('webhooks are counted for one account and for fifty', () => {
  const titles = result.groups.find(({ title }) => title === 'Webhooks')?.comparisons.map(({ title }) => title);
  expect(titles).toEqual([
    'webhook deliveries, one account',
    'CPU per webhook, all processes, one account',
    'webhook deliveries, 50 accounts',
    'CPU per webhook, all processes, 50 accounts',
  ]);
});

test('push is measured for one connection and for many, alone and to all of them', () => {
  const report = renderReport(result);
  expect(report).toContain('### Push: from the recording of an event to its receipt');
  const titles = result.groups.find(({ title }) => title.startsWith('Push'))?.comparisons.map(({ title }) => title);
  expect(titles).toEqual([
    'p50, 1 connection',
    'p99, 1 connection',
    ...[40, 200].flatMap((connections) => [
      `p50, ${connections} connections`,
      `p99, ${connections} connections`,
      `p50 to all of ${connections} connections`,
      `p99 to all of ${connections} connections`,
      `server's memory for a connection, ${connections} connections`,
    ]),
  ]);
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
