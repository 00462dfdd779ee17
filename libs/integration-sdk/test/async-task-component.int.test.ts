import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { connectWorker } from '@darkroom/platform-temporal';
import { expectNoLeakedProcesses, startTestMiddleware, type TestMiddleware } from '@darkroom/testing';
import { optionalTsToMs } from '@temporalio/common/lib/time.js';
import { AsyncTaskComponent, TemporalAsyncTask } from '../src/tasks/index.ts';
import { quietRuntime } from './quiet-runtime.ts';
import { onTemporal, startTasks, waitForStatus } from './task-stage.ts';
import { until } from './until.ts';

let middleware: TestMiddleware;

beforeAll(async () => {
  quietRuntime();
  middleware = await startTestMiddleware({ temporal: 'shared' });
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
    // It is not asked for longer than two seconds whether there is a fault.
    await until(async () => (await component.findFault()) === undefined);
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

  test('leaves a limit of the caller as it is', async () => {
    const echo = newEcho('limited');
    const component = new AsyncTaskComponent({ ...onTemporal(middleware.temporal), taskQueue: 'limited' });
    component.register(echo);
    await component.start();
    const passed = Date.now() - 1_000;
    await expect(component.getClient().withDeadline(passed, () => echo.submit({ text: 'late' }))).rejects.toThrow();
    await component.stop();
  });

  test('refuses further tasks from the moment it begins', async () => {
    const component = new AsyncTaskComponent({ ...onTemporal(middleware.temporal), taskQueue: 'closed' });
    component.register(newEcho('early'));
    const started = component.start();
    expect(() => component.register(newEcho('meanwhile'))).toThrow('"meanwhile" comes too late');
    await started;
    expect(() => component.register(newEcho('after'))).toThrow('"after" comes too late');
    expect(() => component.registerAll([newEcho('with-others')])).toThrow('"with-others" comes too late');
    await component.stop();
  });

  test('has each step scheduled with 30 minutes, with 20 seconds for a lost worker, and with the retry policy', async () => {
    const echo = newEcho('scheduled');
    const component = await startTasks(middleware.temporal, [echo]);
    const taskId = await echo.submit({ text: 'hi' });
    await waitForStatus(echo, taskId);
    const { events } = await component.getClient().workflow.getHandle(taskId).fetchHistory();
    const scheduled = (events ?? [])
      .map(({ activityTaskScheduledEventAttributes }) => activityTaskScheduledEventAttributes)
      .filter((attributes) => attributes?.activityType?.name === echo.workflowType);
    expect(
      scheduled.map((attributes) => ({
        step: optionalTsToMs(attributes?.startToCloseTimeout),
        lostWorker: optionalTsToMs(attributes?.heartbeatTimeout),
        initialDelay: optionalTsToMs(attributes?.retryPolicy?.initialInterval),
        maxDelay: optionalTsToMs(attributes?.retryPolicy?.maximumInterval),
        backoffMultiplier: attributes?.retryPolicy?.backoffCoefficient,
        attempts: attributes?.retryPolicy?.maximumAttempts,
      })),
    ).toEqual([
      {
        step: 30 * 60_000,
        lostWorker: 20_000,
        initialDelay: 1000,
        maxDelay: 30_000,
        backoffMultiplier: 2,
        attempts: 4,
      },
    ]);
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
  test('of a component that is being started leaves no worker behind, and a second stop waits as the first does', async () => {
    const echo = newEcho('hasty');
    const component = new AsyncTaskComponent({ ...onTemporal(middleware.temporal), taskQueue: 'hasty' });
    component.register(echo);
    const started = component.start();
    await Promise.all([
      expect(started).rejects.toThrow('ended before they polled'),
      component.stop().then(() => expect(component.isStarted()).toBe(false)),
      component.stop().then(() => component.start()),
    ]);
    expect(await waitForStatus(echo, await echo.submit({ text: 'hi' }))).toMatchObject({ status: 'completed' });
    await component.stop();
  });

  const newGate = () => Promise.withResolvers<void>();

  test('waits for the steps that run', async () => {
    const [begun, gate] = [newGate(), newGate()];
    const events: string[] = [];
    const task = new TemporalAsyncTask({
      name: 'draining',
      task: async (_params: object, { attempt, signal }) => {
        events.push(`attempt ${attempt} begins`);
        begun.resolve();
        await gate.promise;
        events.push(`attempt ${attempt} ends`);
        return signal.aborted ? 'aborted' : 'drained';
      },
    });
    const component = await startTasks(middleware.temporal, [task], { taskQueue: 'draining' });
    const taskId = await task.submit({});
    await begun.promise;
    const stopped = component.stop().then(() => events.push('it has stopped'));
    // Begun later than the stop that waits, and with as much to do.
    const idle = await startTasks(middleware.temporal, [newEcho('idle')]);
    await idle.stop();
    events.push('an idle one has stopped');
    gate.resolve();
    await stopped;
    const expected = ['attempt 1 begins', 'an idle one has stopped', 'attempt 1 ends', 'it has stopped'];
    expect(events).toEqual(expected);

    const next = await startTasks(middleware.temporal, [task], { taskQueue: 'draining' });
    expect(await waitForStatus(task, taskId)).toMatchObject({ status: 'completed', result: 'drained' });
    expect(events).toEqual(expected);
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
