import { afterAll, beforeAll } from '@jest/globals';
import { expectNoLeakedProcesses, startTestMiddleware, type TestMiddleware } from '@darkroom/testing';
import type { AnyAsyncTask, AsyncTaskComponent, AsyncTaskComponentOptions } from '../src/tasks/index.ts';
import { quietRuntime } from './quiet-runtime.ts';
import { startTasks } from './task-stage.ts';

/** Runs the tasks while the tests of a file do, in a namespace of their own. `use` gets their component once they are polled for. */
export function withTasks(
  tasks: readonly AnyAsyncTask[],
  options: AsyncTaskComponentOptions,
  use: (component: AsyncTaskComponent) => void = () => undefined,
): void {
  let middleware: TestMiddleware;
  let component: AsyncTaskComponent;

  beforeAll(async () => {
    quietRuntime();
    middleware = await startTestMiddleware({ temporal: 'shared' });
    component = await startTasks(middleware.temporal, tasks, options);
    use(component);
  });

  afterAll(async () => {
    await component.stop();
    await middleware.stop();
    await expectNoLeakedProcesses();
  });
}
