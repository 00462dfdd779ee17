import { asyncTaskIdSchema } from '@darkroom/contract';
import { AsyncTaskNotFoundError, type AsyncTaskStatus, type TemporalAsyncTask } from '@darkroom/integration-sdk/tasks';
import { notFound } from '../problems/problem-error.ts';
import type { DeclaredTasks } from './declared-tasks.ts';

/** One task of an account, as an address names it. */
export interface OwnTask {
  accountId: string;
  name: string;
  taskId: string;
}

/** The id of its workflow. No account's name holds a point, so no two accounts can have the same. */
export function workflowIdOf({ accountId, taskId }: Pick<OwnTask, 'accountId' | 'taskId'>): string {
  return `${accountId}.${taskId}`;
}

/** What has become of it. A ProblemError where the account has no such task, and where Temporal is away. */
export async function readTask(tasks: DeclaredTasks, own: OwnTask): Promise<AsyncTaskStatus<unknown>> {
  return required(await findTask(tasks, own));
}

/** As readTask; undefined where the account has no such task. */
export function findTask(tasks: DeclaredTasks, own: OwnTask): Promise<AsyncTaskStatus<unknown> | undefined> {
  return askAbout(tasks, own, (task, workflowId) => task.getStatus(workflowId));
}

/** Requests its end, and answers as readTask does. One that has ended stays as it is. */
export async function cancelTask(tasks: DeclaredTasks, own: OwnTask): Promise<AsyncTaskStatus<unknown>> {
  const cancelled = await askAbout(tasks, own, async (task, workflowId) => {
    await task.cancel(workflowId);
    return task.getStatus(workflowId);
  });
  return required(cancelled);
}

function required<Status>(status: Status | undefined): Status {
  if (status === undefined) throw notFound();
  return status;
}

async function askAbout<Answer>(
  tasks: DeclaredTasks,
  own: OwnTask,
  ask: (task: TemporalAsyncTask<unknown, unknown>, workflowId: string) => Promise<Answer>,
): Promise<Answer | undefined> {
  const { task } = tasks.find(own.name);
  if (!asyncTaskIdSchema.safeParse(own.taskId).success) return undefined;
  try {
    return await tasks.ask(() => ask(task, workflowIdOf(own)), 'Temporal does not answer. Ask again in a moment.');
  } catch (error) {
    if (error instanceof AsyncTaskNotFoundError) return undefined;
    throw error;
  }
}
