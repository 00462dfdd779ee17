import type { TestTemporal } from '@darkroom/testing';
import { Client, type WorkflowClientInterceptor } from '@temporalio/client';
import { type AnyAsyncTask, AsyncTaskComponent, step, TemporalAsyncTask } from '../src/tasks/index.ts';
import { onTemporal, startTasks } from './task-stage.ts';
import { until } from './until.ts';

/** What a test opens, so that what waits there goes on. */
export const gates = new Map<string, PromiseWithResolvers<void>>();
/** What has come to a gate, and what was told by its signal to wait no more. */
export const executed: string[] = [];
export const aborted: string[] = [];

/** Ends when the test says so, or its signal. */
export function waitAt(gate: string, signal: AbortSignal): Promise<void> {
  const { promise, reject } = gates.get(gate) ?? Promise.withResolvers<void>();
  signal.addEventListener('abort', () => {
    aborted.push(gate);
    reject(new Error('told to end'));
  });
  executed.push(gate);
  return promise;
}

/** The same task for another component, as another process would have it. */
export const newWaiting = () =>
  new TemporalAsyncTask({
    name: 'waiting',
    // A worker that lives counts as lost where its machine is busy for longer than this, and the step is executed again.
    lostWorkerSeconds: 20,
    retryPolicy: { initialDelay: 1, maxDelay: 5 },
    task: async function* ({ gate }: { gate: string }) {
      yield* step('prepare', () => 'prepared');
      yield* step('wait', ({ signal }) => waitAt(gate, signal));
      return { gate };
    },
  });

/** Runs the task on a queue that is called as its gate is, and submits one that has come to it. */
export async function startWaiting(temporal: TestTemporal, gate: string) {
  gates.set(gate, Promise.withResolvers());
  const waiting = newWaiting();
  const component = await startTasks(temporal, [waiting], { taskQueue: gate });
  const taskId = await waiting.submit({ gate });
  await until(() => executed.includes(gate));
  return { waiting, component, taskId, open: () => gates.get(gate)?.resolve() };
}

/** Connects tasks to a queue that nobody polls. */
export async function connectTasks(
  temporal: TestTemporal,
  ...tasks: readonly AnyAsyncTask[]
): Promise<AsyncTaskComponent> {
  const component = new AsyncTaskComponent({ ...onTemporal(temporal), taskQueue: 'nobody' });
  component.registerAll(tasks);
  await component.connect();
  return component;
}

/** Lets what a task asks of Temporal pass by an interceptor. */
export function intercept(
  component: AsyncTaskComponent,
  task: AnyAsyncTask,
  interceptor: WorkflowClientInterceptor,
): void {
  const { connection, options } = component.getClient();
  const interceptors = { workflow: [interceptor] };
  task.setClient(new Client({ connection, namespace: options.namespace, interceptors }));
}

/** Refuses what only a worker could answer. The list tells it, because who asks may bear a refusal. */
export function refuseQuestions(component: AsyncTaskComponent, ...tasks: readonly AnyAsyncTask[]): readonly string[] {
  const asked: string[] = [];
  const refuse = (question: string) => {
    asked.push(question);
    return Promise.reject(new Error(`A worker was to be asked: ${question}.`));
  };
  for (const task of tasks) {
    intercept(component, task, {
      query: ({ queryType }) => refuse(queryType),
      startUpdate: ({ updateName }) => refuse(updateName),
    });
  }
  return asked;
}
