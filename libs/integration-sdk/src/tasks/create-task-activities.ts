import { CancelledFailure, Context } from '@temporalio/activity';
import { expectStep, followStory, type Turn } from './follow-story.ts';
import { asJson, largestRecords, largestStepResult, largestTaskValue, tooLarge } from './json-value.ts';
import { keepAlive } from './keep-alive.ts';
import { orAborted } from './or-aborted.ts';
import { AsyncTaskError } from './task-errors.ts';
import type { AsyncTaskContext, AsyncTaskFunction, AsyncTaskStep } from './task-function.ts';
import { type NextMove, onlyStep, type StepRecord, type StoryInput, type TaskActivities } from './task-story.ts';
import { toStepFailure, toTaskError } from './to-task-error.ts';

interface TaskParts {
  readonly task: AsyncTaskFunction<never, unknown>;
  /** Taken out of messages. */
  readonly secrets: readonly string[];
  /** Aborted when a stop has waited for long enough. */
  readonly abandoned: AbortSignal;
}

/** The activities of one task, as a Worker runs them. */
export function createTaskActivities({ task, secrets, abandoned }: TaskParts): TaskActivities {
  // Code that hangs between two yields would hold a slot of the Worker, and its stop, for ever.
  const follow = ({ params, records }: StoryInput, context: AsyncTaskContext) =>
    orAborted(context.signal, followStory(task, { params, records, context }));

  return {
    async plan(story) {
      const context = currentContext(abandoned);
      try {
        checkRecords(story.records);
        return nextMove(await follow(story, context));
      } catch (error) {
        if (context.signal.aborted) throw failureOf(error, onlyStep, secrets);
        return { kind: 'fail', error: toTaskError(error, secrets) };
      }
    },

    async runStep({ key, failedAttempts, ...story }) {
      const context = currentContext(abandoned, failedAttempts);
      const position = await stepAt(() => follow(story, context), key);
      if ('thrown' in position) {
        if (context.signal.aborted) throw failureOf(position.thrown, key, secrets);
        return { kind: 'refused', error: toTaskError(position.thrown, secrets) };
      }
      try {
        const result = await keepAlive(() => call(position.step, context));
        return { kind: 'completed', value: readResult(result, key, story.records) };
      } catch (error) {
        throw failureOf(error, key, secrets);
      }
    },
  };
}

type Position = { readonly step: AsyncTaskStep } | { readonly thrown: unknown };

/** What is thrown on the way to a step is no failure of the step: no further attempt could mend it. */
async function stepAt(follow: () => Promise<Turn>, key: string): Promise<Position> {
  try {
    const turn = await follow();
    expectStep(turn, key);
    return { step: turn.value as AsyncTaskStep };
  } catch (thrown) {
    return { thrown };
  }
}

function nextMove(turn: Turn): NextMove {
  if (turn.done !== true) return { kind: 'step', key: turn.value.key };
  return { kind: 'return', value: asJson(turn.value, { what: 'The result of the task', largest: largestTaskValue }) };
}

function readResult(result: unknown, key: string, records: readonly StepRecord[]): unknown {
  if (key === onlyStep) return asJson(result, { what: 'The result of the task', largest: largestTaskValue });
  const what = `The result of the step "${key}"`;
  const value = asJson(result, { what, largest: largestStepResult });
  const bytes = bytesOf([...records, { key, outcome: 'completed', value }]);
  if (bytes > largestRecords) {
    const sum = `the results and failures of the task's steps have ${bytes} bytes`;
    throw tooLarge(`With ${what.toLowerCase()} ${sum}, and ${largestRecords} is the limit`);
  }
  return value;
}

/** Failures count as results do; they are recorded before anything can be said against it. */
function checkRecords(records: readonly StepRecord[]): void {
  const bytes = bytesOf(records);
  if (bytes <= largestRecords) return;
  const sum = `The results and failures of the task's ${records.length} steps have ${bytes} bytes`;
  const advice = 'store results as artifacts and pass their ids, or submit another task for some of the steps';
  const message = `${sum}, and ${largestRecords} is the limit: ${advice}.`;
  throw new AsyncTaskError('too_large', message, { retryable: false });
}

function bytesOf(records: readonly StepRecord[]): number {
  return Buffer.byteLength(JSON.stringify(records));
}

/** A call may throw, or return no promise. */
async function call(step: AsyncTaskStep, context: AsyncTaskContext): Promise<unknown> {
  return await step.call(context);
}

function currentContext(abandoned: AbortSignal, failedAttempts = 0): AsyncTaskContext {
  const { info, cancellationSignal } = Context.current();
  return {
    taskId: info.workflowExecution?.workflowId ?? '',
    attempt: failedAttempts + info.attempt,
    signal: AbortSignal.any([cancellationSignal, abandoned]),
  };
}

function failureOf(error: unknown, key: string, secrets: readonly string[]): Error {
  // Temporal wants to hear of a cancellation in its own words.
  const isCancelled = Context.current().cancellationSignal.aborted;
  return isCancelled ? new CancelledFailure('The step was cancelled.') : toStepFailure(error, key, secrets);
}
