import { expect, test } from '@jest/globals';
import { checkWaiting } from './check-waiting.ts';
import type { TaskLooks } from './read-looks.ts';

const watched = { calls: 2, from: 30_000, to: 60_000, intervalSeconds: 10, running: 2 };
const task = (prompt: string, more: Partial<TaskLooks> = {}): TaskLooks => ({
  prompt,
  state: 'queued',
  submittedAt: 0,
  looks: [10_000, 20_010, 30_020, 40_030, 50_040],
  ...more,
});
const check = (tasks: TaskLooks[], more: Partial<typeof watched> = {}) => checkWaiting(tasks, { ...watched, ...more });

test('calls that were submitted once, wait all the time and are looked at in their interval pass', () => {
  expect(() => check([task('one'), task('two')])).not.toThrow();
});

test.each([
  ['was submitted twice', [task('one'), task('two'), task('two')]],
  ['was submitted twice, and another one never', [task('two'), task('two')]],
  ['was refused and submitted again', [task('one'), task('two', { state: undefined, looks: [] }), task('two')]],
  ['never came', [task('one')]],
])('a call that %s is no measurement', (_, tasks) => {
  expect(() => check(tasks)).toThrow('submissions');
});

test('a task that has ended or begun is no measurement of waiting', () => {
  expect(() => check([task('one'), task('two', { state: 'succeeded' })])).toThrow('1 tasks waited and 2 workflows ran');
  expect(() => check([task('one'), task('two', { state: 'running' })])).toThrow('1 tasks waited');
});

test('a workflow that ended while its task waited shows', () => {
  expect(() => check([task('one'), task('two')], { running: 1 })).toThrow('2 tasks waited and 1 workflows ran');
});

test('a task that nobody looked at in the watch shows', () => {
  expect(() => check([task('one'), task('two', { looks: [10_000, 20_000] })])).toThrow('1 of 2 tasks');
});

test('a task that was looked at too often shows, in the watch and before it', () => {
  const inTheWatch = [30_000, 35_000, 40_000, 45_000, 50_000];
  expect(() => check([task('one'), task('two', { looks: inTheWatch })])).toThrow('looked at 5 times');
  const before = [1_000, 2_000, 3_000, 4_000, 5_000, 35_000, 45_000, 55_000];
  expect(() => check([task('one'), task('two', { looks: before })])).toThrow('looked at 8 times');
});

test('what came after the watch is not counted', () => {
  const looks = [...task('one').looks, 60_000, 60_001, 60_002];
  expect(() => check([task('one', { looks }), task('two')])).not.toThrow();
});
