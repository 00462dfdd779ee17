import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AsyncTaskComponent, TemporalAsyncTask } from '../src/tasks/index.ts';
import { expectNoLeakedProcesses, startTestMiddleware, type TestMiddleware } from '@darkroom/testing';
import { answerAtDefaultAddress } from './at-default-address.ts';
import { quietRuntime } from './quiet-runtime.ts';

let middleware: TestMiddleware;
let leaveDefaultAddress: (() => Promise<void>) | undefined;

beforeAll(async () => {
  quietRuntime();
  middleware = await startTestMiddleware({ temporal: true });
  leaveDefaultAddress = await answerAtDefaultAddress(middleware.temporal.address);
});

afterAll(async () => {
  await leaveDefaultAddress?.();
  await middleware.stop();
  await expectNoLeakedProcesses();
});

describe('TemporalAsyncTask', () => {
  test('has its workflow type, a queue by default, and the queue that it was given', () => {
    const task = new TemporalAsyncTask({ name: 'test_task', task: async () => ({ done: true }) });
    expect(task.workflowType).toBe('asyncTask_test_task');
    expect(task.taskQueue).toBe('async-tasks');

    const custom = new TemporalAsyncTask({ name: 'test_task', taskQueue: 'custom-queue', task: async () => 1 });
    expect(custom.taskQueue).toBe('custom-queue');
  });

  test('tells an async function from an async generator', () => {
    const single = new TemporalAsyncTask({ name: 'test_task', task: async () => 1 });
    const multiple = new TemporalAsyncTask({
      name: 'test_task',
      task: async function* () {
        yield { key: 'one', call: async () => 1 };
        return 1;
      },
    });
    expect(single.isMultiStep()).toBe(false);
    expect(multiple.isMultiStep()).toBe(true);
  });
});

describe('AsyncTaskComponent', () => {
  test('runs a registered task from its submission to its result', async () => {
    const component = new AsyncTaskComponent({ taskQueue: 'test-queue' });
    const task = new TemporalAsyncTask({
      name: 'integration_test',
      task: async (params) => ({ result: params.value * 2 }),
    });
    component.register(task);
    await component.start();

    const taskId = await task.submit({ value: 5 });
    let status = await task.getStatus(taskId);
    while (status.status !== 'completed' && status.status !== 'failed') status = await task.getStatus(taskId);

    expect(status.status).toBe('completed');
    expect(status.result).toEqual({ result: 10 });
    await component.stop();
  });
});
