/** Why a step or a task failed, as it is recorded and told: no stack, no cause. */
export interface TaskError {
  readonly code: string;
  readonly message: string;
  /** The key of the step that failed; absent where it was the task's own code. */
  readonly step?: string;
}

/** The longest message of a failed step, in bytes: each later step is handed it. */
export const longestStepMessage = 512;

/** What became of one step. `undefined` as a result is recorded as no value. */
export type StepRecord =
  | { readonly key: string; readonly outcome: 'completed'; readonly value?: unknown }
  | { readonly key: string; readonly outcome: 'failed'; readonly error: TaskError };

/** What a task does after the steps that are recorded. */
export type NextMove =
  | { readonly kind: 'step'; readonly key: string }
  | { readonly kind: 'return'; readonly value?: unknown }
  | { readonly kind: 'fail'; readonly error: TaskError };

/** What the workflow of a task is started with. Frozen at `submit`; a run that continues another one also has its records. */
export interface TaskInput {
  readonly params?: unknown;
  readonly limits: StepLimits;
  readonly records?: readonly StepRecord[];
  readonly next?: NextMove;
  readonly search?: WorkerSearch;
}

/** What a step that is next has behind it while it waits for a worker that knows its task. */
export interface WorkerSearch {
  /** Its executions that have failed. */
  readonly failedAttempts: number;
  /** For how long it waits before it is offered again. */
  readonly pauseSeconds: number;
}

/** How a step is executed. */
export interface StepLimits {
  readonly maximumAttempts: number;
  readonly initialDelayMs: number;
  readonly maximumDelayMs: number;
  readonly backoffMultiplier: number;
  readonly timeoutSeconds: number;
  readonly lostWorkerSeconds: number;
}

/** What both activities of a task get. */
export interface StoryInput {
  readonly params?: unknown;
  readonly records: readonly StepRecord[];
}

/** `refused`: the task's code and the records do not fit each other. */
export type StepAnswer =
  | { readonly kind: 'completed'; readonly value?: unknown }
  | { readonly kind: 'refused'; readonly error: TaskError }
  | UnknownTask;

/** Answered, instead of both activities, by a Worker that does not have the task. It is no failure: another one may have it. */
export interface UnknownTask {
  readonly kind: 'unknown';
  /** From 1: which execution it was that came to nothing. */
  readonly attempt: number;
}

/** What the activity of a step gets. */
export interface StepInput extends StoryInput {
  readonly key: string;
  /** Its executions that have failed before this activity was scheduled. */
  readonly failedAttempts: number;
}

/** The two activities of a task, under its workflow's type and `planOf` it. */
export interface TaskActivities {
  /** Says what comes after the records. Runs none of the task's calls. */
  plan(story: StoryInput): Promise<NextMove | UnknownTask>;
  /** Runs the step that comes after the records, and no code behind it: its result is recorded first. */
  runStep(input: StepInput): Promise<StepAnswer>;
}

export const workflowTypePrefix = 'asyncTask_';

/** The one step of a task that is no generator. Keys of steps are never empty. */
export const onlyStep = '';

/** A name that no task can have: names hold no dot. */
export function planOf(workflowType: string): string {
  return `${workflowType}.plan`;
}
