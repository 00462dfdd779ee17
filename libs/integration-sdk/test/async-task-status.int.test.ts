import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { expectNoLeakedProcesses, startTestMiddleware, type TestMiddleware } from '@darkroom/testing';
import {
  AsyncTaskComponent,
  AsyncTaskIdTakenError,
  AsyncTaskNotFoundError,
  step,
  TemporalAsyncTask,
} from '../src/tasks/index.ts';
import { quietRuntime } from './quiet-runtime.ts';
import { hasEnded, onTemporal, startTasks, waitForStatus } from './task-stage.ts';
import { until } from './until.ts';

let middleware: TestMiddleware;
const gates = new Map<string, PromiseWithResolvers<void>>();
const executed: string[] = [];
const aborted: string[] = [];

/** Ends when the test says so, or its signal. */
function waitAt(gate: string, signal: AbortSignal): Promise<void> {
  const { promise, reject } = gates.get(gate) ?? Promise.withResolvers<void>();
  signal.addEventListener('abort', () => {
    aborted.push(gate);
    reject(new Error('told to end'));
  });
  executed.push(gate);
  return promise;
}

/** The same task for another component, as another process would have it. */
const newWaiting = () =>
  new TemporalAsyncTask({
    name: 'waiting',
    lostWorkerSeconds: 1,
    retryPolicy: { initialDelay: 1, maxDelay: 5 },
    task: async function* ({ gate }: { gate: string }) {
      yield* step('prepare', () => 'prepared');
      yield* step('wait', ({ signal }) => waitAt(gate, signal));
      return { gate };
    },
  });

async function startWaiting(gate: string, taskQueue: string) {
  gates.set(gate, Promise.withResolvers());
  const waiting = newWaiting();
  const component = await startTasks(middleware.temporal, [waiting], { taskQueue });
  const taskId = await waiting.submit({ gate });
  await until(() => executed.includes(gate));
  return { waiting, component, taskId, open: () => gates.get(gate)?.resolve() };
}

beforeAll(async () => {
  quietRuntime();
  middleware = await startTestMiddleware({ temporal: true });
});

afterAll(async () => {
  await middleware.stop();
  await expectNoLeakedProcesses();
});

async function connectTasks(...tasks: Parameters<AsyncTaskComponent['register']>[0][]): Promise<AsyncTaskComponent> {
  const component = new AsyncTaskComponent({ ...onTemporal(middleware.temporal), taskQueue: 'nobody' });
  component.registerAll(tasks);
  await component.connect();
  return component;
}

describe('where no worker is alive', () => {
  test('a task is accepted at once and pending, without progress', async () => {
    const waiting = newWaiting();
    const component = await connectTasks(waiting);
    const taskId = await waiting.submit({ gate: 'never' });
    const status = await waiting.getStatus(taskId);
    expect(status).toEqual({ taskId, status: 'pending', createdAt: expect.any(Date) });
    await component.stop();
  });

  test('the status and the progress of one that was begun, and of one that has ended, are still told', async () => {
    const done = new TemporalAsyncTask({ name: 'done', task: async () => ({ done: true }) });
    const { waiting, component, taskId } = await startWaiting('left alone', 'left-alone');
    await component.stop({ drainSeconds: 0 });
    const doing = await startTasks(middleware.temporal, [done]);
    const doneId = await done.submit({});
    await waitForStatus(done, doneId);
    await doing.stop();

    const observer = await connectTasks(waiting, done);
    const status = await waiting.getStatus(taskId);
    expect(status).toMatchObject({ status: 'processing', currentStep: 'wait', completedSteps: ['prepare'] });
    expect(await done.getStatus(doneId)).toMatchObject({ status: 'completed', result: { done: true } });
    await observer.stop();
  });
});

describe('an id', () => {
  test('that nothing has, that another task has, or another workflow, is unknown: an error of its own', async () => {
    const [waiting, other] = [newWaiting(), new TemporalAsyncTask({ name: 'other', task: async () => 1 })];
    const component = await connectTasks(waiting, other);
    await other.submit({}, { taskId: 'of-another-task' });
    await component
      .getClient()
      .workflow.start('someWorkflow', { workflowId: 'of-a-workflow', taskQueue: 'nobody', args: [] });
    for (const taskId of ['of-nothing', 'of-another-task', 'of-a-workflow']) {
      await expect(waiting.getStatus(taskId)).rejects.toThrow(AsyncTaskNotFoundError);
      await expect(waiting.cancel(taskId)).rejects.toThrow(AsyncTaskNotFoundError);
    }
    await expect(waiting.submit({ gate: '' }, { taskId: 'of-another-task' })).rejects.toThrow(AsyncTaskIdTakenError);
    await expect(waiting.submit({ gate: '' }, { taskId: 'with spaces' })).rejects.toThrow('visible ASCII');
    await component.stop();
  });

  test('that is submitted again, while the task runs and after its end, starts nothing', async () => {
    const { waiting, component, open } = await startWaiting('once', 'once');
    const taskId = await waiting.submit({ gate: 'once' }, { taskId: 'once' });
    expect(await waiting.submit({ gate: 'once' }, { taskId })).toBe('once');
    open();
    const ended = await waitForStatus(waiting, taskId);
    expect(ended).toMatchObject({ status: 'completed', result: { gate: 'once' } });
    expect(await waiting.submit({ gate: 'other' }, { taskId })).toBe('once');
    expect(await waiting.getStatus(taskId)).toEqual(ended);
    // Its own and the one that the stage had submitted.
    expect(executed.filter((gate) => gate === 'once')).toHaveLength(2);
    await component.stop();
  });
});

describe('a status', () => {
  test('tells the current and the completed steps while the task runs, and when it ended', async () => {
    const { waiting, component, taskId, open } = await startWaiting('telling', 'telling');
    const running = await waiting.getStatus(taskId);
    expect(running).toMatchObject({ status: 'processing', currentStep: 'wait', completedSteps: ['prepare'] });
    expect(running.completedAt).toBeUndefined();
    open();
    const ended = await waitForStatus(waiting, taskId);
    expect(ended).toEqual({
      taskId,
      status: 'completed',
      result: { gate: 'telling' },
      createdAt: running.createdAt,
      completedAt: expect.any(Date),
      completedSteps: ['prepare', 'wait'],
    });
    expect(ended.completedAt?.getTime()).toBeGreaterThanOrEqual(ended.createdAt.getTime());
    await component.stop();
  });

  test('of a cancelled task is `failed` with a code, and its step is told by its signal', async () => {
    const { waiting, component, taskId } = await startWaiting('cancelled', 'cancelled');
    await waiting.cancel(taskId);
    const status = await waitForStatus(waiting, taskId);
    expect(status).toMatchObject({ status: 'failed', error: { code: 'cancelled' }, completedSteps: ['prepare'] });
    await until(() => aborted.includes('cancelled'));
    // Once more changes nothing.
    await waiting.cancel(taskId);
    expect(await waiting.getStatus(taskId)).toEqual(status);
    await component.stop();
  });

  test('of a terminated task is `failed` with a code and the reason', async () => {
    const { waiting, component, taskId } = await startWaiting('terminated', 'terminated');
    await component.getClient().workflow.getHandle(taskId).terminate('by the operator');
    const status = await waitForStatus(waiting, taskId, hasEnded);
    expect(status).toMatchObject({ status: 'failed', error: { code: 'terminated' } });
    expect(status.error?.message).toContain('by the operator');
    await until(() => aborted.includes('terminated'));
    await component.stop();
  });

  test('of a task whose time ran out is `failed` with a code', async () => {
    const waiting = newWaiting();
    const component = await connectTasks(waiting);
    await component.getClient().workflow.start(waiting.workflowType, {
      workflowId: 'too-late',
      taskQueue: 'nobody',
      workflowRunTimeout: '1 s',
      args: [],
    });
    const status = await waitForStatus(waiting, 'too-late', hasEnded);
    expect(status).toMatchObject({ status: 'failed', error: { code: 'timed_out' } });
    await component.stop();
  });
});
