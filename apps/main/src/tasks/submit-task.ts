import { asyncTaskIdSchema } from '@darkroom/contract';
import { AsyncTaskError, AsyncTaskIdTakenError, type AsyncTaskStatus } from '@darkroom/integration-sdk/tasks';
import { ProblemError } from '../problems/problem-error.ts';
import type { DeclaredTasks } from './declared-tasks.ts';
import { findTask, workflowIdOf } from './own-task.ts';
import { readTaskSubmission } from './read-task-submission.ts';

interface TaskRequest {
  accountId: string;
  name: string;
  body: unknown;
}

export interface SubmittedTask {
  taskId: string;
  status: AsyncTaskStatus<unknown>;
}

/** Starts a task or, where the account has submitted one under this id before, answers that. A ProblemError says why it is not started. */
export async function submitTask(tasks: DeclaredTasks, request: TaskRequest): Promise<SubmittedTask> {
  try {
    return await startTask(tasks, request);
  } catch (error) {
    // What may have been accepted by other rules than today's was accepted.
    const first = isRefusedBody(error) ? await findFirst(tasks, request) : undefined;
    if (first === undefined) throw error;
    return first;
  }
}

async function startTask(tasks: DeclaredTasks, { accountId, name, body }: TaskRequest): Promise<SubmittedTask> {
  const { task, params: paramsSchema } = tasks.find(name);
  const { taskId, params } = readTaskSubmission(body, paramsSchema);
  const workflowId = workflowIdOf({ accountId, taskId });
  const submit = async () => {
    await task.submit(params, { taskId: workflowId, fairnessKey: accountId });
    return task.getStatus(workflowId);
  };
  try {
    return { taskId, status: await tasks.ask(submit, adviceOf(taskId)) };
  } catch (error) {
    throw refusalOf(error, taskId) ?? error;
  }
}

function isRefusedBody(error: unknown): boolean {
  return error instanceof ProblemError && (error.code === 'invalid_request' || error.code === 'too_large');
}

async function findFirst(tasks: DeclaredTasks, request: TaskRequest): Promise<SubmittedTask | undefined> {
  const taskId = taskIdOf(request.body);
  const status = taskId === undefined ? undefined : await findTask(tasks, { ...request, taskId });
  return taskId === undefined || status === undefined ? undefined : { taskId, status };
}

function taskIdOf(body: unknown): string | undefined {
  const { taskId }: { taskId?: unknown } = typeof body === 'object' && body !== null ? body : {};
  return asyncTaskIdSchema.safeParse(taskId).data;
}

/** It may have been started all the same: the answer can have been lost. */
function adviceOf(taskId: string): string {
  return `Temporal does not answer. Send it again soon with "taskId": "${taskId}": then it is started once, whatever became of this request.`;
}

function refusalOf(error: unknown, taskId: string): ProblemError | undefined {
  if (error instanceof AsyncTaskIdTakenError) {
    const detail = `Choose another taskId: another task of this account has "${taskId}".`;
    return new ProblemError('task_id_reused', detail, { errors: [{ path: '/taskId', message: 'is taken' }] });
  }
  if (!(error instanceof AsyncTaskError)) return undefined;
  const errors = [{ path: '/params', message: error.message }];
  if (error.code === 'too_large')
    return new ProblemError('too_large', 'Make `params` smaller than 256 KB; pass large things by their ids.', {
      errors,
    });
  return error.code === 'not_json' ? new ProblemError('invalid_request', madeNoJson, { errors }) : undefined;
}

const madeNoJson =
  "What the task's schema makes of these `params` is no JSON, as `errors` says. Send others; where no others would do, the integration's schema is to be corrected.";
