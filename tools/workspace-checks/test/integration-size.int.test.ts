import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { countLogicLines } from './logic-lines.ts';
import { workspaceRoot } from './workspace-root.ts';

const mostLogicLines = 60;
/** Declarations, and the doors and activities that the generator writes alike for every package. */
const declared = /\.schema\.ts$|\.test\.ts$|\/(settings|definition|worker|index)\.ts$|\/activities\//;

const read = (file: string) => readFileSync(join(workspaceRoot, file), 'utf8');
const packages = globSync('libs/integrations-*', { cwd: workspaceRoot }).map((directory) => {
  const files = globSync(`${directory}/src/**/*.ts`, { cwd: workspaceRoot }).filter((file) => !declared.test(file));
  const deliveries = [...read(`${directory}/src/definition.ts`).matchAll(/delivery: '(\w+)'/g)].map(([, kind]) => kind);
  const byFile = Object.fromEntries(files.map((file) => [basename(file), countLogicLines(read(file))]));
  const lines = Object.values(byFile).reduce((sum, count) => sum + count, 0);
  return { name: basename(directory), deliveries, byFile, lines };
});
const tasksOnly = packages.filter(({ deliveries }) => !deliveries.includes('call'));

test('there are integrations whose tasks are polled or called back', () => {
  expect(tasksOnly.length).toBeGreaterThanOrEqual(4);
});

test.each(tasksOnly)(
  `$name has $lines lines of logic, of ${mostLogicLines}: more belongs into the SDK, or is data`,
  ({ lines, byFile }) => {
    expect({ byFile, isWithin: lines <= mostLogicLines }).toEqual({ byFile, isWithin: true });
  },
);

describe('lines of logic', () => {
  test('are those of functions, nested ones once, without blank lines and comments', () => {
    const source = [
      'const table = [1,',
      '  2];',
      '/** A function. */',
      'export function one(a: number) {',
      '  // A reason.',
      '',
      '  return [a].map((b) => b + 1);',
      '}',
      'const handler = {',
      "  name: 'x',",
      '  read: ({ a }: { a: number }) => a,',
      '};',
      'type Read = (a: number) => number;',
    ];
    expect(countLogicLines(source.join('\n'))).toBe(4);
  });
});
