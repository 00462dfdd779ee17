import { inspect } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { expectNoLeakedProcesses, startTestMiddleware, type TestMiddleware } from '@darkroom/testing';
import { DefaultLogger, type LogEntry, Runtime } from '@temporalio/worker';
import { AsyncTaskComponent, step, TemporalAsyncTask } from '../src/tasks/index.ts';
import { onTemporal, startTasks, waitForStatus } from './task-stage.ts';
import { until } from './until.ts';

let middleware: TestMiddleware;
const logged: LogEntry[] = [];

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('DEBUG', (entry) => logged.push(entry)), shutdownSignals: [] });
  // Such a server hands a step to the worker that scheduled it, past the queue. The development server does not by itself.
  const dynamicConfiguration = { 'system.enableActivityEagerExecution': 'true' };
  middleware = await startTestMiddleware({ temporal: { dynamicConfiguration } });
});

afterAll(async () => {
  await middleware.stop();
  await expectNoLeakedProcesses();
});

const newEcho = (name: string) =>
  new TemporalAsyncTask({ name, task: async ({ text }: { text: string }) => ({ text }) });

/** A connected component without a worker, to submit the task and to look it up. */
async function connectTask(task: TemporalAsyncTask, taskQueue: string): Promise<AsyncTaskComponent> {
  const component = new AsyncTaskComponent({ ...onTemporal(middleware.temporal), taskQueue });
  component.register(task);
  await component.connect();
  return component;
}

// Its start, three events of a workflow task, three of the step, three of a workflow task, and the timer.
const eventsOfOneOffer = 11;

async function pendingStepsOf(component: AsyncTaskComponent, taskId: string): Promise<number> {
  const { raw } = await component.getClient().workflow.getHandle(taskId).describe();
  return raw.pendingActivities?.length ?? 0;
}

test('a task that the workers do not know yet waits for one that does', async () => {
  const taskQueue = 'new-task';
  const old = await startTasks(middleware.temporal, [newEcho('known')], { taskQueue });
  const fresh = newEcho('fresh');
  const submitter = await connectTask(fresh, taskQueue);
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

test('a step that comes to a worker which does not have its task is no failed step, and its params stand in no log', async () => {
  const taskQueue = 'new-step';
  const text = 'params that are nobody else’s business';
  const [begun, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const task = new TemporalAsyncTask({
    name: 'gated',
    retryPolicy: { maxRetries: 0 },
    task: async ({ text }: { text: string }) => {
      begun.resolve();
      await gate.promise;
      return { text };
    },
  });
  // Its one slot is taken, so the other worker is given the second task's step.
  const current = await startTasks(middleware.temporal, [task], { taskQueue, maxConcurrentSteps: 1 });
  const first = await task.submit({ text: 'first' });
  await begun.promise;
  const second = await task.submit({ text });
  const pendingSteps = () => pendingStepsOf(current, second);
  await until(async () => (await pendingSteps()) === 1);
  const old = await startTasks(middleware.temporal, [newEcho('known')], { taskQueue, identity: 'old' });
  await until(async () => (await pendingSteps()) === 0);
  expect(await task.getStatus(second)).toMatchObject({ status: 'processing' });
  await old.stop();
  await until(async () => (await pendingSteps()) === 1);
  expect(await task.getStatus(second)).toMatchObject({ status: 'processing' });
  gate.resolve();
  for (const taskId of [first, second]) {
    expect(await waitForStatus(task, taskId)).toMatchObject({ status: 'completed' });
  }
  const log = inspect(logged, { depth: Infinity, maxStringLength: Infinity, maxArrayLength: Infinity });
  expect(log).toContain('Worker state changed');
  for (const form of [text, ...asBase64(text)]) expect(log).not.toContain(form);
  await current.stop();
});

test('a step that came to a worker without its task is offered through the queue: one that has it gets it while the other runs on', async () => {
  const taskQueue = 'passed-on';
  const begun: string[] = [];
  const newTask = (answer: (signal: AbortSignal) => Promise<string>) =>
    new TemporalAsyncTask({
      name: 'passed-on',
      retryPolicy: { initialDelay: 1 },
      task: (_params: object, { taskId, signal }) => {
        begun.push(taskId);
        return answer(signal);
      },
    });
  const ended = newTask(
    (signal) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('it ends')))),
  );
  const before = await startTasks(middleware.temporal, [ended], { taskQueue });
  // Of each step that is offered on the queue either worker may be the one: eight find the one that has the task.
  const taskIds = await Promise.all(Array.from({ length: 8 }, () => ended.submit({})));
  await until(() => begun.length === taskIds.length);
  // It takes over the steps, and with their answers the workflows.
  const old = await startTasks(middleware.temporal, [newEcho('echo')], { taskQueue });
  await before.stop({ drainSeconds: 0 });
  await until(async () => {
    const pending = await Promise.all(taskIds.map((taskId) => pendingStepsOf(old, taskId)));
    return pending.every((steps) => steps === 0);
  });

  const task = newTask(() => Promise.resolve('done'));
  const current = await startTasks(middleware.temporal, [task], { taskQueue });
  const isDone = async (taskId: string) => (await task.getStatus(taskId)).status === 'completed';
  await until(async () => (await Promise.all(taskIds.map(isDone))).some(Boolean));
  expect(old.isStarted()).toBe(true);
  await until(async () => (await old.findFault()) === undefined);
  await old.stop();
  await current.stop();
});

test('a step has `maxRetries + 1` attempts in all, however often it comes to a worker that does not have its task', async () => {
  const taskQueue = 'mixed';
  const attempts: number[] = [];
  const stopped = Promise.withResolvers<void>();
  const newFailing = (atAttempt: (attempt: number) => void = () => undefined) =>
    new TemporalAsyncTask({
      name: 'failing-everywhere',
      retryPolicy: { maxRetries: 3, initialDelay: 300 },
      task: async (_params: object, { attempt }) => {
        attempts.push(attempt);
        atAttempt(attempt);
        throw new Error('the provider is busy');
      },
    });
  const failing = newFailing();
  const submitter = await connectTask(failing, taskQueue);
  const before = await startTasks(
    middleware.temporal,
    [newFailing((attempt) => void (attempt === 2 && before.stop().then(stopped.resolve, stopped.reject)))],
    { taskQueue },
  );
  const taskId = await failing.submit({});
  await stopped.promise;

  const other = await startTasks(middleware.temporal, [newEcho('other')], { taskQueue });
  const handle = submitter.getClient().workflow.getHandle(taskId);
  const { runId } = await handle.describe();
  await until(async () => (await pendingStepsOf(submitter, taskId)) === 0);
  // Fills the history, so that the search goes on in a new run.
  for (let signals = 0; signals < 3; signals += 1) await handle.signal('padding', 'x'.repeat(1_900_000));
  // The new run has offered the step once more, and waits.
  await until(async () => {
    const run = await handle.describe();
    return run.runId !== runId && run.historyLength >= eventsOfOneOffer;
  });
  await other.stop();
  expect(attempts).toEqual([1, 2]);

  const after = await startTasks(middleware.temporal, [newFailing()], { taskQueue });
  const status = await waitForStatus(failing, taskId);
  expect(status).toMatchObject({ status: 'failed', error: { code: 'task_failed', message: 'the provider is busy' } });
  expect(attempts).toEqual([1, 2, 3, 4]);
  await after.stop();
  await submitter.stop();
});

test('a deployment between two steps, of the same code or of code with another later step, runs no completed step again', async () => {
  const taskQueue = 'deployed';
  const gate = Promise.withResolvers<void>();
  const executed: string[] = [];
  const newTask = (name: string, version: string, keys: readonly string[]) =>
    new TemporalAsyncTask({
      name,
      task: async function* () {
        const results: string[] = [];
        for (const key of keys) {
          const perform = async () => {
            executed.push(`${name}: ${key} by ${version}`);
            if (key === 'draw') await gate.promise;
            return `${name}: ${key} by ${version}`;
          };
          results.push(yield* step(key, perform));
        }
        return results;
      },
    });
  const keys = ['read', 'draw', 'publish'];
  const old = ['same', 'longer'].map((name) => newTask(name, 'the old code', keys));
  const current = [newTask('same', 'the new code', keys), newTask('longer', 'the new code', [...keys, 'announce'])];
  const before = await startTasks(middleware.temporal, old, { taskQueue });
  const taskIds = await Promise.all(old.map((task) => task.submit({})));
  await until(() => executed.filter((step) => step.includes('draw')).length === old.length);
  // What runs may end, while the new worker polls already.
  const stopped = before.stop();
  const after = await startTasks(middleware.temporal, current, { taskQueue });
  gate.resolve();
  await stopped;

  const statuses = await Promise.all(current.map((task, index) => waitForStatus(task, taskIds[index] ?? '')));
  const same = ['same: read by the old code', 'same: draw by the old code', 'same: publish by the new code'];
  const longer = [
    'longer: read by the old code',
    'longer: draw by the old code',
    'longer: publish by the new code',
    'longer: announce by the new code',
  ];
  expect(statuses).toMatchObject([
    { status: 'completed', result: same },
    { status: 'completed', result: longer },
  ]);
  expect(executed.toSorted()).toEqual([...same, ...longer].toSorted());
  await after.stop();
});

/** The bytes of a text as Base64 shows them, wherever they stand among others. */
function asBase64(text: string): string[] {
  return [0, 1, 2].map((offset) =>
    Buffer.from(`${'.'.repeat(offset)}${text}`)
      .toString('base64')
      .slice(offset === 0 ? 0 : 4, -4),
  );
}
