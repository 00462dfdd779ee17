import {
  ApplicationFailure,
  CancelledFailure,
  type Client,
  TerminatedFailure,
  TimeoutFailure,
  type WorkflowExecutionDescription,
  WorkflowFailedError,
} from '@temporalio/client';
import type { TaskError } from './task-story.ts';

/** Why a task failed. */
export interface AsyncTaskFailure {
  /**
   * What the code threw as `code`, `task_failed` where it threw none, and of the SDK's own: `cancelled`, `terminated`, `timed_out`, `step_timed_out`, `worker_lost`, `steps_changed`, `duplicate_step`, `invalid_step`,
   * `invalid_task`, `not_json`, `too_large`.
   */
  readonly code: string;
  readonly message: string;
  /** The step that failed; absent where it was none. */
  readonly step?: string;
}

interface Common {
  readonly taskId: string;
  readonly createdAt: Date;
  /** The keys of the steps that have completed, in their order. Absent while there are none, and for a task of one step. */
  readonly completedSteps?: readonly string[];
}

/** `pending`: no worker has been given anything of it yet; it is never `pending` again. A task that has ended stays as it is until Temporal's retention ends. */
export type AsyncTaskStatus<Result> = Common &
  (
    | {
        readonly status: 'pending';
        readonly result?: undefined;
        readonly error?: undefined;
        readonly completedAt?: undefined;
        readonly currentStep?: undefined;
      }
    | {
        readonly status: 'processing';
        readonly result?: undefined;
        readonly error?: undefined;
        readonly completedAt?: undefined;
        readonly currentStep?: string;
      }
    | {
        readonly status: 'completed';
        readonly result: Result;
        readonly error?: undefined;
        readonly completedAt: Date;
        readonly currentStep?: undefined;
      }
    | {
        readonly status: 'failed';
        readonly result?: undefined;
        readonly error: AsyncTaskFailure;
        readonly completedAt: Date;
        readonly currentStep?: string;
      }
  );

// Started, task scheduled, task started, task failed: what a history holds before a worker has understood it.
const eventsBeforeBegun = 4;
const scheduled = 1;

/** Reads the status from what Temporal's server knows: it asks no worker. */
export async function readTaskStatus<Result>(
  client: Client,
  taskId: string,
  description: WorkflowExecutionDescription,
): Promise<AsyncTaskStatus<Result>> {
  const common = { taskId, createdAt: createdAtOf(description), ...completedStepsOf(description) };
  const step = description.memo?.['currentStep'];
  const current = typeof step === 'string' ? { currentStep: step } : {};
  const { closeTime: completedAt } = description;
  if (completedAt === undefined) {
    return isBegun(description) ? { ...common, status: 'processing', ...current } : { ...common, status: 'pending' };
  }
  try {
    const handle = client.workflow.getHandle(taskId, description.runId, { followRuns: false });
    return { ...common, status: 'completed', result: (await handle.result()) as Result, completedAt };
  } catch (error) {
    if (!(error instanceof WorkflowFailedError)) throw error;
    return { ...common, status: 'failed', error: failureOf(error.cause), completedAt, ...current };
  }
}

/** Later runs of a task that was continued are handed the time of the first. */
function createdAtOf({ memo, startTime }: WorkflowExecutionDescription): Date {
  const createdAt = memo?.['createdAt'];
  return typeof createdAt === 'string' ? new Date(createdAt) : startTime;
}

function completedStepsOf({ memo = {} }: WorkflowExecutionDescription): { completedSteps?: string[] } {
  const completedSteps: string[] = [];
  for (let number = 1; ; number += 1) {
    const key = memo[`step ${number}`];
    if (typeof key !== 'string') return completedSteps.length === 0 ? {} : { completedSteps };
    completedSteps.push(key);
  }
}

function isBegun(description: WorkflowExecutionDescription): boolean {
  if (description.memo?.['begun'] === true) return true;
  const [activity] = description.raw.pendingActivities ?? [];
  if (activity) return activity.state !== scheduled || (activity.attempt ?? 0) > 1;
  return description.historyLength > eventsBeforeBegun;
}

function failureOf(cause: Error | undefined): AsyncTaskFailure {
  if (cause instanceof CancelledFailure) return { code: 'cancelled', message: 'The task was cancelled.' };
  if (cause instanceof TerminatedFailure) {
    return { code: 'terminated', message: `The task was terminated: ${cause.message}` };
  }
  if (cause instanceof TimeoutFailure) return { code: 'timed_out', message: 'The time of the workflow was over.' };
  if (!(cause instanceof ApplicationFailure)) {
    return { code: 'task_failed', message: cause?.message ?? 'The task failed without a reason.' };
  }
  const [details] = (cause.details ?? []) as [Pick<TaskError, 'step'>?];
  const step = details?.step;
  return { code: cause.type ?? 'task_failed', message: cause.message, ...(step !== undefined && { step }) };
}
