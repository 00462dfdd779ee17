import { TemporalAsyncTask } from '@darkroom/integration-sdk/tasks';
import { describe, expect, test } from '@jest/globals';
import type { ActivityExecuteInput, NativeConnection } from '@temporalio/worker';
import { createRunningActivities } from '../temporal/running-activities.ts';
import { createWorkerTasks, type EquippedIntegration } from './create-worker-tasks.ts';

const config = {
  temporal: { address: '127.0.0.1:1', namespace: 'default' },
  taskQueue: { asyncTasks: 'tasks-of-this-process' },
  worker: {},
} as Parameters<typeof createWorkerTasks>[0]['config'];

const neverUsed = { withDirectory: () => Promise.reject(), keptDirectory: () => Promise.reject() };

const newTask = (name: string) => new TemporalAsyncTask({ name, task: async () => 1 });

function offer(name: string, ...tasks: TemporalAsyncTask[]): EquippedIntegration {
  return {
    definition: { name },
    secrets: [],
    side: { createAsyncTasks: () => tasks },
  } as unknown as EquippedIntegration;
}

const create = (...integrations: EquippedIntegration[]) =>
  createWorkerTasks({ config, integrations, temporaryFiles: neverUsed, running: createRunningActivities() });

describe('the asynchronous tasks of a worker process', () => {
  test('are those of all its integrations, on the queue that is set', () => {
    const { list } = create(offer('tiny', newTask('one')), offer('small', newTask('two'), newTask('three')));
    expect(list.map((task) => `${task.getName()} on ${task.taskQueue}`)).toEqual([
      'one on tasks-of-this-process',
      'two on tasks-of-this-process',
      'three on tasks-of-this-process',
    ]);
  });

  test('have names of their own: one that two integrations use is refused, and both are named', () => {
    expect(() => create(offer('tiny', newTask('one')), offer('small', newTask('one')))).toThrow(
      'tiny and small both have a task "one"',
    );
  });

  test('are part of readiness until they run, and no part of it where there are none', async () => {
    expect(await create(offer('tiny', newTask('one'))).findFault()).toBe('the workers of the tasks are not started');
    const none = create(offer('tiny'));
    expect(await none.findFault()).toBeUndefined();
    // Nothing is asked of Temporal: there is no connection.
    await none.run(undefined as unknown as NativeConnection, new AbortController().signal);
  });
});

test('a running step is counted for the integration whose task it belongs to', async () => {
  const running = createRunningActivities();
  const context = { info: { activityType: 'asyncTask_one', workflowExecution: { workflowId: 'task_1' } } };
  const { inbound } = running.observe((type) => `owner of ${type}`)(context as never);
  const { promise, resolve } = Promise.withResolvers<void>();
  const execution = inbound?.execute?.({ args: [], headers: {} } satisfies ActivityExecuteInput, () => promise);
  expect(running.list()).toMatchObject([
    { integration: 'owner of asyncTask_one', activityType: 'asyncTask_one', workflowId: 'task_1' },
  ]);
  resolve();
  await execution;
});
