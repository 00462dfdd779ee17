import type { z } from 'zod';
import type { AsyncTaskOptions } from '../tasks/temporal-async-task.ts';

/**
 * An asynchronous task that accounts may submit through `main` (`POST /v1/tasks/<name>`): all that a submission needs, without the function. The worker side gives that, by
 * `implementTask`. Retries and times are those of TemporalAsyncTask, with its defaults; the queue is `<integration>-async-tasks` unless the declaration names one.
 */
export interface TaskDefinition<Params = unknown> extends Pick<
  AsyncTaskOptions<never, unknown>,
  'taskQueue' | 'retryPolicy' | 'stepTimeoutSeconds' | 'lostWorkerSeconds'
> {
  title: string;
  description: string;
  /** Strict, with a description for every field: it becomes the JSON Schema that users see. What it makes of params is JSON, and what the function gets. */
  params: z.ZodType<Params, unknown>;
}

/** Types a task's function by its schema. */
export function defineTask<Params>(task: TaskDefinition<Params>): TaskDefinition<Params> {
  return task;
}
