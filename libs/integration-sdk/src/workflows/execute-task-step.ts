import {
  ActivityFailure,
  ApplicationFailure,
  isCancellation,
  proxyActivities,
  TimeoutFailure,
  workflowInfo,
} from '@temporalio/workflow';
import { cutText } from '../tasks/cut-text.ts';
import {
  longestStepMessage,
  onlyStep,
  type StepAnswer,
  type StepLimits,
  type StepRecord,
  type StoryInput,
  type TaskActivities,
  type TaskError,
  type WorkerSearch,
} from '../tasks/task-story.ts';
import { goOnSearching, startSearching } from './search-worker.ts';
import { toTaskFailure } from './to-task-failure.ts';

export interface StepExecution {
  readonly limits: StepLimits;
  readonly story: StoryInput;
  readonly key: string;
  readonly search?: WorkerSearch | undefined;
}

/** What became of a step: its record, or a search where the worker that got it does not have its task. */
export type StepOutcome = StepRecord | (WorkerSearch & { readonly outcome: 'unknown' });

/** Has a step executed until it completes, fails for good, or comes to a worker that does not have its task. */
export async function executeStep(execution: StepExecution): Promise<StepOutcome> {
  const { key, search = startSearching } = execution;
  try {
    const answer = await runStep({ ...execution, search });
    if (answer.kind === 'refused') throw toTaskFailure(answer.error);
    if (answer.kind === 'unknown') return { outcome: 'unknown', ...goOnSearching(search, answer) };
    return { key, outcome: 'completed', value: answer.value };
  } catch (error) {
    if (!(error instanceof ActivityFailure) || isCancellation(error)) throw error;
    return { key, outcome: 'failed', error: toTaskError(error, key) };
  }
}

function runStep({ limits, story, key, search }: StepExecution & { search: WorkerSearch }): Promise<StepAnswer> {
  const { workflowType } = workflowInfo();
  const { failedAttempts } = search;
  const { [workflowType]: run } = proxyActivities<Record<string, TaskActivities['runStep']>>({
    startToCloseTimeout: limits.timeoutSeconds * 1000,
    heartbeatTimeout: limits.lostWorkerSeconds * 1000,
    // A worker that runs the workflow, and does not have the task, would be handed its step again and again.
    allowEagerDispatch: search === startSearching,
    // A cancelled task ends at once; its call is told by the next heartbeat.
    cancellationType: 'TRY_CANCEL',
    retry: {
      maximumAttempts: limits.maximumAttempts - failedAttempts,
      initialInterval: Math.min(
        limits.initialDelayMs * limits.backoffMultiplier ** failedAttempts,
        limits.maximumDelayMs,
      ),
      maximumInterval: limits.maximumDelayMs,
      backoffCoefficient: limits.backoffMultiplier,
    },
    ...(key !== onlyStep && { summary: key }),
  });
  return (run as TaskActivities['runStep'])({ ...story, key, failedAttempts });
}

function toTaskError({ cause }: ActivityFailure, key: string): TaskError {
  const { code, message } = codeAndMessage(cause);
  return key === onlyStep ? { code, message } : { code, message: cutText(message, longestStepMessage), step: key };
}

function codeAndMessage(cause: Error | undefined): TaskError {
  if (cause instanceof ApplicationFailure) return { code: cause.type ?? 'task_failed', message: cause.message };
  if (cause instanceof TimeoutFailure && cause.timeoutType === 'HEARTBEAT') {
    return { code: 'worker_lost', message: 'The workers that executed it were lost, the last one too.' };
  }
  if (cause instanceof TimeoutFailure) {
    return { code: 'step_timed_out', message: 'Its last attempt did not end within its time.' };
  }
  return { code: 'task_failed', message: cause?.message ?? 'It failed without a reason.' };
}
