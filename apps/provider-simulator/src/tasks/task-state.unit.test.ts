import { expect, test } from '@jest/globals';
import type { Task } from './task-record.schema.ts';
import { momentOf, scheduleOf } from './task-state.ts';

const createdAt = '2026-01-01T00:00:00.000Z';
const began = Date.parse(createdAt);

const task = (more: Partial<Task> = {}): Task => ({
  id: 'task_1',
  provider: 'example-tasks',
  submissionId: 'sub_1',
  keyFingerprint: '0123456789ab',
  order: { model: 'm', prompt: 'p', width: 1, height: 1, count: 1, details: {} },
  createdAt,
  taskMs: 1000,
  origin: 'http://127.0.0.1:3900',
  inputs: [],
  imageFormat: 'png',
  fixedImage: false,
  ...more,
});

test.each([
  [0, 'queued', 0],
  [249, 'queued', 0],
  [250, 'running', 0],
  [625, 'running', 50],
  [999, 'running', 99],
  [1000, 'succeeded', 100],
])('after %d of 1000 ms a task is %s at %d %%', (after, state, percent) => {
  expect(momentOf(task(), undefined, began + after)).toMatchObject({ state, percent });
});

test('a task that takes no time has ended at once', () => {
  expect(momentOf(task({ taskMs: 0 }), undefined, began)).toMatchObject({ state: 'succeeded', endedAt: began });
});

test('a task that never ends stays below a hundred percent', () => {
  const never = task({ fault: { kind: 'never_ends' } });
  expect(momentOf(never, undefined, began + 1e9)).toMatchObject({ state: 'running', percent: 99 });
  expect(scheduleOf(never).endsAt).toBe(Infinity);
});

test('what somebody ended keeps its end, whatever the time says', () => {
  const end = { id: 'task_1', at: new Date(began + 100).toISOString(), state: 'cancelled' as const };
  const moment = momentOf(task(), end, began + 5000);
  expect(moment).toEqual({ state: 'cancelled', percent: 0, updatedAt: began + 100, endedAt: began + 100 });
});
