import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { expectNoLeakedProcesses, startTestMiddleware, type TestMiddleware } from '@darkroom/testing';
import { TemporalAsyncTask } from '../src/tasks/index.ts';
import { quietRuntime } from '../test/quiet-runtime.ts';
import { startTasks, waitForStatus } from '../test/task-stage.ts';

const monthsInSeconds = 60 * 24 * 60 * 60;
let middleware: TestMiddleware;

beforeAll(async () => {
  quietRuntime();
  middleware = await startTestMiddleware({ temporal: true });
});

afterAll(async () => {
  await middleware.stop();
  await expectNoLeakedProcesses();
});

test('a stop waits for a step that may take longer than a timer of Node.js', async () => {
  const begun = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  const signals: AbortSignal[] = [];
  const slow = new TemporalAsyncTask({
    name: 'slow',
    stepTimeoutSeconds: monthsInSeconds,
    task: async (_params: object, { signal }) => {
      signals.push(signal);
      begun.resolve();
      await gate.promise;
      return signal.aborted;
    },
  });
  const idle = new TemporalAsyncTask({ name: 'idle', task: async () => 1 });
  const [component, other] = [
    await startTasks(middleware.temporal, [slow], { taskQueue: 'slow' }),
    await startTasks(middleware.temporal, [idle], { taskQueue: 'idle' }),
  ];
  const taskId = await slow.submit({});
  await begun.promise;

  const stopped = component.stop();
  // By the time that a whole stop has passed beside it, a timer that fires at once has fired.
  await other.stop();
  expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
  gate.resolve();
  await stopped;

  const finisher = await startTasks(middleware.temporal, [slow], { taskQueue: 'slow' });
  expect(await waitForStatus(slow, taskId)).toMatchObject({ status: 'completed', result: false });
  await finisher.stop();
});
