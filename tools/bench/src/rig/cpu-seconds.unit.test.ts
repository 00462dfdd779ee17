import { expect, test } from '@jest/globals';
import { cpuSecondsOf } from './cpu-seconds.ts';
import type { ProcessEntry, ProcessTable } from './process-table.ts';

const parent = (cpuTicks: number): [number, ProcessEntry] => [10, { parent: 1, cpuTicks }];
const child: [number, ProcessEntry] = [11, { parent: 10, cpuTicks: 500 }];

/** Answers tables one after another. */
function reading(...tables: ProcessTable[]): () => ProcessTable {
  return () => {
    const table = tables.shift();
    if (table === undefined) throw new Error('The table was read once too often.');
    return table;
  };
}

test('what a process has used is that of its children too', () => {
  const table = new Map([parent(100), child]);
  expect(cpuSecondsOf({ server: 10 }, reading(table, table))).toEqual({ server: 6 });
});

test('nothing is lost of a child that ends between the reading of its parent and its own', () => {
  const before = new Map([parent(100), child]);
  const whileItEnded = new Map([parent(100)]);
  const after = new Map([parent(600)]);
  expect(cpuSecondsOf({ server: 10 }, reading(before, whileItEnded, after))).toEqual({ server: 6 });
  expect(cpuSecondsOf({ server: 10 }, reading(whileItEnded, after))).toEqual({ server: 6 });
});
