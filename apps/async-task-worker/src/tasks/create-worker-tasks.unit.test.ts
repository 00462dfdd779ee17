import { defineTask, type TaskDefinition } from '@darkroom/integration-sdk';
import { implementTask, TemporalAsyncTask } from '@darkroom/integration-sdk/tasks';
import { describe, expect, test } from '@jest/globals';
import type { ActivityExecuteInput, NativeConnection } from '@temporalio/worker';
import { z } from 'zod';
import { createRunningActivities } from '../temporal/running-activities.ts';
import { createWorkerTasks, type EquippedIntegration } from './create-worker-tasks.ts';

const config = {
  temporal: { address: '127.0.0.1:1', namespace: 'default' },
  taskQueue: { asyncTasks: 'tasks-of-this-process' },
  worker: {},
} as Parameters<typeof createWorkerTasks>[0]['config'];

const neverUsed = { withDirectory: () => Promise.reject(), keptDirectory: () => Promise.reject() };

const newTask = (name: string) => new TemporalAsyncTask({ name, task: async () => 1 });

const offer = (name: string, ...tasks: TemporalAsyncTask[]) => declare(name, {}, ...tasks);

function declare(
  name: string,
  declared: Record<string, TaskDefinition>,
  ...tasks: TemporalAsyncTask[]
): EquippedIntegration {
  return {
    definition: { name, tasks: declared },
    packageName: `@darkroom/integrations-${name}`,
    secrets: [],
    side: { createAsyncTasks: () => tasks },
  } as unknown as EquippedIntegration;
}

const shared = { config, temporaryFiles: neverUsed, running: createRunningActivities() };
const create = (...integrations: EquippedIntegration[]) =>
  createWorkerTasks({ ...shared, integrations, sharesTaskQueue: false });

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

  test.each([
    ['nothing', undefined],
    ['a promise', Promise.resolve([newTask('one')])],
    ['something else among them', [newTask('one'), { name: 'two' }]],
  ])('are a list: %s is refused, and its package is named', (_what, given) => {
    const side = { createAsyncTasks: () => given } as unknown as EquippedIntegration['side'];
    expect(() => create({ ...offer('tiny'), side })).toThrow(
      '@darkroom/integrations-tiny/worker: createAsyncTasks(context) must give a list of TemporalAsyncTask',
    );
  });

  test('have names of their own within an integration too', () => {
    expect(() => create(offer('tiny', newTask('one'), newTask('one')))).toThrow(
      '@darkroom/integrations-tiny has two tasks "one"',
    );
  });

  test('are all that its definitions declare, on the declared queue: otherwise a submission would wait for ever', () => {
    const one = defineTask({ title: 'One', description: 'Works.', params: z.strictObject({}) });
    const implemented = implementTask({ name: 'tiny', tasks: { one } }, 'one', async () => 1);
    expect(create(declare('tiny', { one }, implemented, newTask('two'))).list).toHaveLength(2);
    expect(() => create(declare('tiny', { one }, newTask('two')))).toThrow(
      '@darkroom/integrations-tiny declares the task "one", and its createAsyncTasks(context) does not give it',
    );
    expect(() => create(declare('tiny', { one }, newTask('one')))).toThrow(
      'declares the task "one" on the queue tiny-async-tasks, and its createAsyncTasks(context) gives it on async-tasks',
    );
  });

  test('need a queue that is named for them where the process runs some of the integrations only', () => {
    const createOnSharedQueue = (...integrations: EquippedIntegration[]) =>
      createWorkerTasks({ ...shared, integrations, sharesTaskQueue: true });
    expect(() => createOnSharedQueue(offer('tiny', newTask('one'), newTask('two')))).toThrow(
      'ASYNC_TASK_QUEUE is not set, and WORKER_INTEGRATIONS is. Name a queue for one, two from which',
    );
    const withQueue = new TemporalAsyncTask({ name: 'three', taskQueue: 'of-its-own', task: async () => 1 });
    expect(createOnSharedQueue(offer('tiny', withQueue), offer('small')).list).toEqual([withQueue]);
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
