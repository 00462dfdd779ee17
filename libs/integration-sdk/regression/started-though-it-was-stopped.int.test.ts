import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { expectNoLeakedProcesses, startTestMiddleware, type TestMiddleware } from '@darkroom/testing';
import { AsyncTaskComponent, TemporalAsyncTask } from '../src/tasks/index.ts';
import { quietRuntime } from '../test/quiet-runtime.ts';
import { onTemporal, startTasks } from '../test/task-stage.ts';

let middleware: TestMiddleware;

beforeAll(async () => {
  quietRuntime();
  middleware = await startTestMiddleware({ temporal: 'shared' });
});

afterAll(async () => {
  await middleware.stop();
  await expectNoLeakedProcesses();
});

test('a start that is stopped is rejected, though Temporal sees another worker of its name on its queue', async () => {
  const options = { taskQueue: 'shared-by-two', identity: 'of-both' };
  const newEcho = () => new TemporalAsyncTask({ name: 'echo', task: async () => 1 });
  const polling = await startTasks(middleware.temporal, [newEcho()], options);
  const component = new AsyncTaskComponent({ ...onTemporal(middleware.temporal), ...options });
  component.register(newEcho());

  await Promise.all([expect(component.start()).rejects.toThrow('ended before they polled'), component.stop()]);
  await polling.stop();
});
