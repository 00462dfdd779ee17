import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { expectNoLeakedProcesses, startTestMiddleware, type TestMiddleware } from '@darkroom/testing';
import type { WorkflowClientInterceptor } from '@temporalio/client';
import { AsyncTaskIdTakenError, AsyncTaskNotFoundError, step, TemporalAsyncTask } from '../src/tasks/index.ts';
import { quietRuntime } from './quiet-runtime.ts';
import { hasEnded, startTasks, waitForStatus } from './task-stage.ts';
import { until } from './until.ts';
import {
  aborted,
  connectTasks,
  executed,
  gates,
  intercept,
  newWaiting,
  refuseQuestions,
  startWaiting,
  waitAt,
} from './waiting-task.ts';

let middleware: TestMiddleware;

beforeAll(async () => {
  quietRuntime();
  middleware = await startTestMiddleware({ temporal: true });
});

afterAll(async () => {
  await middleware.stop();
  await expectNoLeakedProcesses();
});

describe('where no worker is alive', () => {
  test('a task is accepted at once and pending, without progress', async () => {
    const waiting = newWaiting();
    const component = await connectTasks(middleware.temporal, waiting);
    const taskId = await waiting.submit({ gate: 'never' });
    const status = await waiting.getStatus(taskId);
    expect(status).toEqual({ taskId, status: 'pending', createdAt: expect.any(Date) });
    await component.stop();
  });

  test('the status and the progress of one that was begun, and of one that has ended, are still told: no worker is asked', async () => {
    const done = new TemporalAsyncTask({ name: 'done', task: async () => ({ done: true }) });
    const { waiting, component, taskId } = await startWaiting(middleware.temporal, 'left-alone');
    await component.stop({ drainSeconds: 0 });
    const doing = await startTasks(middleware.temporal, [done]);
    const doneId = await done.submit({});
    await waitForStatus(done, doneId);
    await doing.stop();

    const observer = await connectTasks(middleware.temporal, waiting, done);
    const asked = refuseQuestions(observer, waiting, done);
    const status = await waiting.getStatus(taskId);
    expect(status).toMatchObject({ status: 'processing', currentStep: 'wait', completedSteps: ['prepare'] });
    expect(await done.getStatus(doneId)).toMatchObject({ status: 'completed', result: { done: true } });
    const unbegunId = await waiting.submit({ gate: 'never' });
    expect(await waiting.getStatus(unbegunId)).toMatchObject({ status: 'pending' });
    expect(asked).toEqual([]);
    await observer.stop();
  });

  test('one that is cancelled stays `pending`, and is `failed` with a code once there is one: no step is called', async () => {
    const early = new TemporalAsyncTask({
      name: 'cancelled-early',
      taskQueue: 'cancelled-early',
      task: async function* () {
        yield* step('pay', () => void executed.push('cancelled early'));
      },
    });
    const component = await connectTasks(middleware.temporal, early);
    const taskId = await early.submit({});
    await early.cancel(taskId);
    expect(await early.getStatus(taskId)).toMatchObject({ status: 'pending' });
    await component.start();
    expect(await waitForStatus(early, taskId)).toMatchObject({ status: 'failed', error: { code: 'cancelled' } });
    expect(executed).not.toContain('cancelled early');
    await component.stop();
  });
});

// Temporal has words of its own for some of them, which would say nothing of tasks.
const impossibleIds = ['', 'with spaces', 'ünïcode', 'x'.repeat(2_000)];

describe('an id', () => {
  test('that nothing has, that another task has, or another workflow, is unknown: an error of its own', async () => {
    const [waiting, other] = [newWaiting(), new TemporalAsyncTask({ name: 'other', task: async () => 1 })];
    const component = await connectTasks(middleware.temporal, waiting, other);
    await other.submit({}, { taskId: 'of-another-task' });
    await component
      .getClient()
      .workflow.start('someWorkflow', { workflowId: 'of-a-workflow', taskQueue: 'nobody', args: [] });
    for (const taskId of [...impossibleIds, 'of-nothing', 'of-another-task', 'of-a-workflow']) {
      await expect(waiting.getStatus(taskId)).rejects.toThrow(AsyncTaskNotFoundError);
      await expect(waiting.cancel(taskId)).rejects.toThrow(AsyncTaskNotFoundError);
    }
    await expect(waiting.submit({ gate: '' }, { taskId: 'of-another-task' })).rejects.toThrow(AsyncTaskIdTakenError);
    for (const taskId of impossibleIds) {
      await expect(waiting.submit({ gate: '' }, { taskId })).rejects.toThrow('visible ASCII');
    }
    await component.stop();
  });

  test('that is submitted again, while the task runs and after its end, starts nothing', async () => {
    const { waiting, component, open } = await startWaiting(middleware.temporal, 'once');
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

  test('that is submitted twice at once starts one task', async () => {
    const started = new Set<string>();
    const echo = new TemporalAsyncTask({ name: 'at-once', task: async () => void executed.push('at once') });
    const component = await startTasks(middleware.temporal, [echo]);
    const countRuns: WorkflowClientInterceptor = {
      async startWithDetails(input, next) {
        const output = await next(input);
        started.add(output.runId);
        return output;
      },
    };
    intercept(component, echo, countRuns);
    const submit = () => echo.submit({}, { taskId: 'at-once' });
    expect(await Promise.all([submit(), submit()])).toEqual(['at-once', 'at-once']);
    expect(await waitForStatus(echo, 'at-once')).toMatchObject({ status: 'completed' });
    expect(started.size).toBe(1);
    expect(executed.filter((what) => what === 'at once')).toHaveLength(1);
    await component.stop();
  });
});

describe('a status', () => {
  test('tells the current and the completed steps while the task runs, and when it ended', async () => {
    const { waiting, component, taskId, open } = await startWaiting(middleware.temporal, 'telling');
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

  test('stays `processing` while the step after a failed one waits for a free worker', async () => {
    const failing = new TemporalAsyncTask({
      name: 'failing-first',
      retryPolicy: { maxRetries: 0 },
      task: async function* () {
        try {
          yield* step('first', ({ signal }) => waitAt('first step', signal));
        } catch {
          yield* step('second', () => 'done');
        }
      },
    });
    for (const gate of ['first step', 'blocker']) gates.set(gate, Promise.withResolvers());
    const blocking = new TemporalAsyncTask({
      name: 'blocking',
      task: (_params: object, { signal }) => waitAt('blocker', signal),
    });
    const component = await startTasks(middleware.temporal, [failing, blocking], { maxConcurrentSteps: 1 });
    const describe = (id: string) => component.getClient().workflow.getHandle(id).describe();
    const taskId = await failing.submit({});
    await until(() => executed.includes('first step'));
    const blocker = await blocking.submit({});
    await until(async () => (await describe(blocker)).raw.pendingActivities?.length === 1);
    expect(await blocking.getStatus(blocker)).toMatchObject({ status: 'pending' });

    // Its one slot goes to the step that has waited for longer.
    gates.get('first step')?.reject(new Error('not today'));
    await until(() => executed.includes('blocker'));
    await until(async () => (await describe(taskId)).memo?.['currentStep'] === 'second');
    expect(await failing.getStatus(taskId)).toMatchObject({ status: 'processing', currentStep: 'second' });
    gates.get('blocker')?.resolve();
    for (const ended of [await waitForStatus(failing, taskId), await waitForStatus(blocking, blocker)]) {
      expect(ended.status).toBe('completed');
    }
    await component.stop();
  });

  test('of a cancelled task is `failed` with a code, and its step is told by its signal', async () => {
    const { waiting, component, taskId } = await startWaiting(middleware.temporal, 'cancelled');
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
    const { waiting, component, taskId } = await startWaiting(middleware.temporal, 'terminated');
    await component.getClient().workflow.getHandle(taskId).terminate('by the operator');
    const status = await waitForStatus(waiting, taskId, hasEnded);
    expect(status).toMatchObject({ status: 'failed', error: { code: 'terminated' } });
    expect(status.error?.message).toContain('by the operator');
    await until(() => aborted.includes('terminated'));
    await component.stop();
  });

  test('of a task whose time ran out is `failed` with a code', async () => {
    const waiting = newWaiting();
    const component = await connectTasks(middleware.temporal, waiting);
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

describe('while Temporal is away', () => {
  test('a client connects, and what it submits is accepted once Temporal is back', async () => {
    await middleware.temporal.stop();
    const waiting = newWaiting();
    const component = await connectTasks(middleware.temporal, waiting);
    const submitted = waiting.submit({ gate: 'never' }, { taskId: 'submitted-while-away' });
    await middleware.temporal.start();
    const taskId = await submitted;
    expect(await waiting.getStatus(taskId)).toMatchObject({ taskId: 'submitted-while-away', status: 'pending' });
    await component.stop();
  });
});
