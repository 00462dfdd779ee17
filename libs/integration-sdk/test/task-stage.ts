import type { TestTemporal } from '@darkroom/testing';
import {
  type AnyAsyncTask,
  AsyncTaskComponent,
  type AsyncTaskComponentOptions,
  type AsyncTaskStatus,
  type TemporalAsyncTask,
} from '../src/tasks/index.ts';
import { keptBundle } from './kept-bundle.ts';
import { until } from './until.ts';

/** The options of a component on the test's Temporal, with a bundle that is kept between test files. */
export function onTemporal({
  address,
  namespace,
}: Pick<TestTemporal, 'address' | 'namespace'>): AsyncTaskComponentOptions {
  return { temporalAddress: address, namespace, bundleWorkflows: keptBundle };
}

/** A started component on a queue of its own. */
export async function startTasks(
  temporal: Pick<TestTemporal, 'address' | 'namespace'>,
  tasks: readonly AnyAsyncTask[],
  options: AsyncTaskComponentOptions = {},
): Promise<AsyncTaskComponent> {
  const taskQueue = `tasks-${crypto.randomUUID()}`;
  const component = new AsyncTaskComponent({ ...onTemporal(temporal), taskQueue, ...options });
  component.registerAll(tasks);
  await component.start();
  return component;
}

/** The status of a task once it is as wished for. */
export async function waitForStatus<Result>(
  task: TemporalAsyncTask<never, Result>,
  taskId: string,
  isAsWished: (status: AsyncTaskStatus<Result>) => boolean = hasEnded,
): Promise<AsyncTaskStatus<Result>> {
  let status = await task.getStatus(taskId);
  await until(async () => isAsWished((status = await task.getStatus(taskId))));
  return status;
}

export function hasEnded({ status }: { status: string }): boolean {
  return status === 'completed' || status === 'failed';
}
