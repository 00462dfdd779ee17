import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { TaskView } from '../task-dialect.ts';
import { recordOf } from './task-record.ts';

const createdAt = new Date('2026-01-01T00:00:00.000Z');

beforeEach(() => {
  jest.useFakeTimers({ now: createdAt });
});
afterEach(() => {
  jest.useRealTimers();
});

const task = (state: TaskView['state']): TaskView => ({
  id: 'task_1',
  order: { model: 'nano-banana-2', prompt: 'p', width: 1, height: 1, count: 1, details: {} },
  createdAt,
  updatedAt: createdAt,
  state,
  percent: 0,
  results: [],
});

test.each([
  [0, 'queued', 'waiting'],
  [99, 'queued', 'waiting'],
  [100, 'queued', 'queuing'],
  [3_600_000, 'queued', 'queuing'],
  [100, 'running', 'generating'],
  [100, 'succeeded', 'success'],
  [100, 'cancelled', 'fail'],
] as const)('after %d ms a task that is %s is told of as %s', (after, state, told) => {
  jest.advanceTimersByTime(after);
  expect(recordOf(task(state)).state).toBe(told);
});
