import { expect, test } from '@jest/globals';
import type { BenchResult } from './bench-result.ts';
import { renderReport } from './render-report.ts';

const result: BenchResult = {
  machine: { CPU: '2 × a processor' },
  settings: { rounds: '3 of each side' },
  groups: [
    {
      title: 'Accepting a call',
      floor: 'one insert',
      comparisons: [
        {
          title: 'accept p50',
          unit: 'ms',
          better: 'lower',
          aim: { kind: 'ratio', limit: 1.4 },
          ours: [3, 2.5, 2.8],
          floor: [2, 2, 2],
        },
        {
          title: 'sustained calls',
          unit: '/s',
          better: 'higher',
          aim: { kind: 'beat the floor' },
          ours: [1234],
          floor: [617],
        },
        { title: 'accept p99', unit: 'ms', better: 'lower', ours: [12.34], floor: [12.34] },
        {
          title: 'delivery p99',
          unit: 'ms',
          better: 'lower',
          aim: { kind: 'value', limit: 50 },
          ours: [20],
          floor: [4],
        },
        { title: 'memory', unit: 'KB', better: 'lower', ours: [194], floor: [-15.19] },
        { title: 'events', unit: '', better: 'lower', ours: [12], floor: [11] },
      ],
    },
  ],
  memory: [{ process: 'main', megabytes: 123.4 }],
};

test('shows each figure with its medians, the ratio, the aim and whether it is met', () => {
  const rows = renderReport(result).split('\n').map(cells);
  expect(rows).toContainEqual(['accept p50', '2.80 ms', '2.00 ms', '1.40×', '≤ 1.4×', 'met']);
  expect(rows).toContainEqual(['sustained calls', '1,234 /s', '617 /s', '2.00×', 'more than the floor', 'met']);
  expect(rows).toContainEqual(['delivery p99', '20.0 ms', '4.00 ms', '5.00×', '≤ 50 ms', 'met']);
  expect(rows).toContainEqual(['accept p99', '12.3 ms', '12.3 ms', '1.00×', '', '']);
});

test('gives no ratio beside a floor that was too small to be measured, and no unit to what is counted', () => {
  const rows = renderReport(result).split('\n').map(cells);
  expect(rows).toContainEqual(['memory', '194 KB', '-15.19 KB', '–', '', '']);
  expect(rows).toContainEqual(['events', '12.0', '11.0', '1.09×', '', '']);
  expect(rows).toContainEqual(['events', '12.0', '11.0']);
});

test('shows every round, the machine, the settings and the memory', () => {
  const rows = renderReport(result).split('\n').map(cells);
  expect(rows).toContainEqual(['accept p50 (ms)', '3.00, 2.50, 2.80', '2.00, 2.00, 2.00']);
  expect(rows).toContainEqual(['CPU', '2 × a processor']);
  expect(rows).toContainEqual(['rounds', '3 of each side']);
  expect(rows).toContainEqual(['main', '123']);
});

function cells(line: string): string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}
