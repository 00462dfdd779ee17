import type { TaskDefinition } from '../definition/define-task.ts';
import { AsyncTaskError } from './task-errors.ts';
import type { AsyncTaskFunction } from './task-function.ts';
import { TemporalAsyncTask } from './temporal-async-task.ts';

/** What a definition says of its tasks. */
interface Declaring<Tasks extends Record<string, TaskDefinition>> {
  readonly name: string;
  readonly tasks: Tasks;
}

type ParamsOf<Task> = Task extends TaskDefinition<infer Params> ? Params : never;

/** The task that an integration declares under this name, with the function that does its work: what its `createAsyncTasks` gives. */
export function implementTask<Tasks extends Record<string, TaskDefinition>, Name extends keyof Tasks & string, Result>(
  integration: Declaring<Tasks>,
  name: Name,
  task: AsyncTaskFunction<ParamsOf<Tasks[Name]>, Result>,
): TemporalAsyncTask<ParamsOf<Tasks[Name]>, Result> {
  return new TemporalAsyncTask({ taskQueue: queueOf(integration), ...integration.tasks[name], name, task });
}

/** A declared task for a process that submits it, looks it up and cancels it, and never runs it. */
export function referToTask(
  integration: Declaring<Record<string, TaskDefinition>>,
  name: string,
): TemporalAsyncTask<unknown, unknown> {
  const task = () =>
    Promise.reject(
      new AsyncTaskError('task_not_here', `The task "${name}" runs in the worker of "${integration.name}".`),
    );
  return new TemporalAsyncTask({ taskQueue: queueOf(integration), ...integration.tasks[name], name, task });
}

/** Not that of the component: who submits must know it, and workers may each run some of the integrations only. */
function queueOf({ name }: Pick<Declaring<never>, 'name'>): string {
  return `${name}-async-tasks`;
}
