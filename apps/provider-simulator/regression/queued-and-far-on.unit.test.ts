import { expect, test } from '@jest/globals';
import type { TaskDialect } from '../src/providers/task-dialect.ts';
import type { Simulation } from '../src/simulation.ts';
import type { TaskEntry } from '../src/tasks/task-store.ts';
import { viewTask } from '../src/tasks/view-task.ts';

// A submission that took long to be written down was answered with a queued video, of which a part was done.
test('what is told as queued has not begun, however late it is told', async () => {
  const entry = { task: { id: 'task_1', createdAt: '2026-01-01T00:00:00.000Z' } } as TaskEntry;
  const simulation = { tasks: { momentOf: () => ({ state: 'running', percent: 40, updatedAt: 0 }) } };
  const look = { entry, dialect: {} as TaskDialect, origin: 'http://127.0.0.1:3900' };
  const view = (state?: 'queued') => viewTask({ ...look, state }, simulation as unknown as Simulation);

  expect(await view('queued')).toMatchObject({ state: 'queued', percent: 0 });
  expect(await view()).toMatchObject({ state: 'running', percent: 40 });
});
