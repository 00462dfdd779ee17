import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { connectWorker } from '@darkroom/platform-temporal';
import { expectNoLeakedProcesses, startTestMiddleware, type TestMiddleware } from '@darkroom/testing';
import { AsyncTaskComponent, TemporalAsyncTask } from '../src/tasks/index.ts';
import { quietRuntime } from './quiet-runtime.ts';
import { onTemporal, startTasks, waitForStatus } from './task-stage.ts';
import { until } from './until.ts';

let middleware: TestMiddleware;

beforeAll(async () => {
  quietRuntime();
  middleware = await startTestMiddleware({ temporal: true });
});

afterAll(async () => {
  await middleware.stop();
  await expectNoLeakedProcesses();
});

const newEcho = (name: string, taskQueue?: string) =>
  new TemporalAsyncTask({
    name,
    task: async ({ text }: { text: string }) => ({ text }),
    ...(taskQueue !== undefined && { taskQueue }),
  });

async function pollersOf(component: AsyncTaskComponent, taskQueue: string): Promise<string[]> {
  const { workflowService } = component.getClient().connection;
  const { namespace } = middleware.temporal;
  const { pollers } = await workflowService.describeTaskQueue({
    namespace,
    taskQueue: { name: taskQueue },
    taskQueueType: 1,
  });
  return (pollers ?? []).map(({ identity }) => identity ?? '');
}

describe('start', () => {
  test('resolves when a worker polls each queue: that of the component, and those that tasks have of their own', async () => {
    const [plain, own, sameOwn] = [
      newEcho('plain'),
      newEcho('own', 'queue-of-its-own'),
      newEcho('same-own', 'queue-of-its-own'),
    ];
    const component = await startTasks(middleware.temporal, [plain, own, sameOwn], {
      identity: 'polling',
      taskQueue: 'queues',
    });
    expect(component.isStarted()).toBe(true);
    expect(await component.findFault()).toBeUndefined();
    expect(await pollersOf(component, 'queues')).toEqual(['polling']);
    expect(await pollersOf(component, 'queue-of-its-own')).toEqual(['polling']);
    for (const task of [plain, own, sameOwn]) {
      expect(await waitForStatus(task, await task.submit({ text: task.getName() }))).toMatchObject({
        result: { text: task.getName() },
      });
    }
    await component.stop();
    expect(component.isStarted()).toBe(false);
  });

  test('is refused a second time, may follow connect, and may follow stop', async () => {
    const echo = newEcho('again');
    const component = new AsyncTaskComponent({ ...onTemporal(middleware.temporal), taskQueue: 'again' });
    component.register(echo);
    await component.connect();
    await component.start();
    await expect(component.start()).rejects.toThrow('started already');
    await component.stop();
    await component.start();
    expect(await waitForStatus(echo, await echo.submit({ text: 'again' }))).toMatchObject({ status: 'completed' });
    await component.stop();
  });

  test('fails where Temporal does not answer, and may be tried again', async () => {
    const component = new AsyncTaskComponent({ ...onTemporal(middleware.temporal), temporalAddress: '127.0.0.1:1' });
    component.register(newEcho('alone'));
    await expect(component.start()).rejects.toThrow();
    await expect(component.start()).rejects.not.toThrow('started already');
    expect(component.isStarted()).toBe(false);
  });

  test('takes a connection that the process has already, and leaves it open', async () => {
    const connection = await connectWorker(middleware.temporal);
    const echo = newEcho('guest');
    const component = new AsyncTaskComponent({
      ...onTemporal(middleware.temporal),
      temporalAddress: '127.0.0.1:1',
      taskQueue: 'guest',
    });
    component.register(echo);
    await component.start({ connection });
    expect(await waitForStatus(echo, await echo.submit({ text: 'hi' }))).toMatchObject({ status: 'completed' });
    await component.stop();
    await connection.ensureConnected();
    await connection.close();
  });
});

describe('stop', () => {
  const newGate = () => Promise.withResolvers<void>();

  test('waits for the steps that run', async () => {
    const [begun, gate] = [newGate(), newGate()];
    const task = new TemporalAsyncTask({
      name: 'draining',
      task: async () => {
        begun.resolve();
        await gate.promise;
        return 'drained';
      },
    });
    const component = await startTasks(middleware.temporal, [task], { taskQueue: 'draining' });
    const taskId = await task.submit({});
    await begun.promise;
    const stopped = component.stop();
    gate.resolve();
    await stopped;
    const next = await startTasks(middleware.temporal, [task], { taskQueue: 'draining' });
    expect(await waitForStatus(task, taskId)).toMatchObject({ status: 'completed', result: 'drained' });
    await next.stop();
  });

  test('after its time aborts the signals of the steps, which another worker begins again', async () => {
    const begun = newGate();
    const task = new TemporalAsyncTask({
      name: 'cut-short',
      retryPolicy: { initialDelay: 1 },
      task: (_params: object, { attempt, signal }) =>
        new Promise<number>((resolve, reject) => {
          begun.resolve();
          if (attempt > 1) resolve(attempt);
          signal.addEventListener('abort', () => reject(new Error('the worker stops')));
        }),
    });
    const component = await startTasks(middleware.temporal, [task], { taskQueue: 'cut-short' });
    const taskId = await task.submit({});
    await begun.promise;
    await component.stop({ drainSeconds: 0 });
    const next = await startTasks(middleware.temporal, [task], { taskQueue: 'cut-short' });
    expect(await waitForStatus(task, taskId)).toMatchObject({ status: 'completed', result: 2 });
    await next.stop();
  });
});

describe('during a deployment', () => {
  test('a task that the workers do not know yet waits for one that does', async () => {
    const taskQueue = 'new-task';
    const old = await startTasks(middleware.temporal, [newEcho('known')], { taskQueue });
    const fresh = newEcho('fresh');
    const submitter = new AsyncTaskComponent({ ...onTemporal(middleware.temporal), taskQueue });
    submitter.register(fresh);
    await submitter.connect();
    const { workflow } = submitter.getClient();
    // As submit starts it, but for how long a worker that failed at it holds it.
    const taskId = 'fresh';
    const args = [{ params: { text: 'early' }, limits: fresh.stepLimits }];
    await workflow.start(fresh.workflowType, { workflowId: taskId, taskQueue, args, workflowTaskTimeout: '1 s' });
    await until(async () => (await workflow.getHandle(taskId).describe()).historyLength > 3);
    expect(await fresh.getStatus(taskId)).toMatchObject({ status: 'pending' });

    const current = await startTasks(middleware.temporal, [fresh], { taskQueue });
    await old.stop();
    expect(await waitForStatus(fresh, taskId)).toMatchObject({ status: 'completed', result: { text: 'early' } });
    await current.stop();
    await submitter.stop();
  });

  test('a step that workers refuse which do not know its task is no failed step', async () => {
    const taskQueue = 'new-step';
    const gate = Promise.withResolvers<void>();
    const task = new TemporalAsyncTask({
      name: 'gated',
      retryPolicy: { maxRetries: 0 },
      task: async ({ text }: { text: string }) => {
        await gate.promise;
        return { text };
      },
    });
    // Its one slot is taken, so the other worker is given the second task's step.
    const current = await startTasks(middleware.temporal, [task], { taskQueue, maxConcurrentSteps: 1 });
    const [first, second] = [await task.submit({ text: 'first' }), await task.submit({ text: 'second' })];
    const handle = current.getClient().workflow.getHandle(second);
    const pendingSteps = async () => (await handle.describe()).raw.pendingActivities?.length;
    await until(async () => (await pendingSteps()) === 1);
    const old = await startTasks(middleware.temporal, [newEcho('known')], { taskQueue, identity: 'old' });
    await until(async () => (await pendingSteps()) === 0);
    await old.stop();
    gate.resolve();
    for (const taskId of [first, second]) {
      expect(await waitForStatus(task, taskId)).toMatchObject({ status: 'completed' });
    }
    await current.stop();
  });
});
