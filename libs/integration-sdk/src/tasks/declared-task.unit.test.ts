import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { defineIntegration } from '../definition/define-integration.ts';
import { defineTask } from '../definition/define-task.ts';
import { implementTask, referToTask } from './declared-task.ts';
import { step } from './task-function.ts';
import type { TemporalAsyncTask } from './temporal-async-task.ts';

const definition = defineIntegration({
  name: 'tiny',
  title: 'Tiny',
  description: 'For tests.',
  settings: {},
  simulatorSettings: () => ({}),
  operations: {},
  tasks: {
    tiny_report: defineTask({
      title: 'Report',
      description: 'Reports.',
      params: z.strictObject({ topic: z.string(), pages: z.int().default(2) }),
      retryPolicy: { maxRetries: 0 },
      stepTimeoutSeconds: 60,
      lostWorkerSeconds: 5,
    }),
  },
});

test('a declared task has the same name, queue and limits for those that run it and for those that submit it', () => {
  const implemented = implementTask(definition, 'tiny_report', async function* ({ topic, pages }) {
    const text = yield* step('write', () => topic.repeat(pages));
    return { text };
  });
  const referred = referToTask(definition, 'tiny_report');
  for (const task of [implemented, referred]) {
    expect([task.workflowType, task.taskQueue]).toEqual(['asyncTask_tiny_report', 'tiny-async-tasks']);
    expect(task.stepLimits).toMatchObject({ maximumAttempts: 1, timeoutSeconds: 60, lostWorkerSeconds: 5 });
  }
  expect(implemented.isMultiStep()).toBe(true);
});

test('the declaration may name another queue than that of the integration’s tasks', () => {
  const tasks = { tiny_report: { ...definition.tasks.tiny_report, taskQueue: 'reports' } };
  const queues = [
    referToTask({ ...definition, tasks }, 'tiny_report'),
    implementTask({ ...definition, tasks }, 'tiny_report', async () => 1),
  ].map(({ taskQueue }) => taskQueue);
  expect(queues).toEqual(['reports', 'reports']);
});

test('its function is typed by its params, and its name is one that the definition declares', () => {
  const task = implementTask(definition, 'tiny_report', async ({ topic, pages }) => ({
    letters: topic.length * pages,
  }));
  const flows: TemporalAsyncTask<{ topic: string; pages: number }, { letters: number }> = task;
  // @ts-expect-error there is no topic without a text
  implementTask(definition, 'tiny_report', async ({ topic }: { topic: number }) => topic);
  // @ts-expect-error no such task is declared
  implementTask(definition, 'tiny_song', async () => 1);
  expect(flows.getName()).toBe('tiny_report');
});

test('who only refers to it cannot run it', async () => {
  const run = referToTask(definition, 'tiny_report').getTaskFunction();
  const context = { taskId: 'one', attempt: 1, signal: new AbortController().signal };
  await expect(run({}, context)).rejects.toMatchObject({ code: 'task_not_here' });
});
