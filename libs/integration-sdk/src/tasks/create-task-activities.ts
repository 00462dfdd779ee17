import { CancelledFailure, Context } from '@temporalio/activity';
import { followStory, expectStep, type Story } from './follow-story.ts';
import { asJson, largestRecords, largestStepResult, largestTaskValue, tooLarge } from './json-value.ts';
import { keepAlive } from './keep-alive.ts';
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
  const follow = ({ params, records }: StoryInput, context: AsyncTaskContext) =>
    followStory(task, { params, records, context });

  return {
    async plan(story) {
      const context = currentContext(abandoned);
      try {
        const { turn } = await follow(story, context);
        return nextMove(turn);
      } catch (error) {
        return { kind: 'fail', error: toTaskError(error, secrets) };
      }
    },

    async runStep(story, key) {
      const context = currentContext(abandoned);
      const position = await stepAt(() => follow(story, context), key);
      if ('thrown' in position) return { kind: 'refused', error: toTaskError(position.thrown, secrets) };
      let value: unknown;
      try {
        value = readResult(await keepAlive(() => call(position.step, context)), key, story.records);
      } catch (error) {
        throw failureOf(error, key, secrets);
      }
      return { kind: 'completed', value, next: await moveAfter(position.story, value, secrets) };
    },
  };
}

type Position = { readonly story: Story; readonly step: AsyncTaskStep } | { readonly thrown: unknown };

/** What is thrown on the way to a step is no failure of the step: no further attempt could mend it. */
async function stepAt(follow: () => Promise<Story>, key: string): Promise<Position> {
  try {
    const story = await follow();
    expectStep(story.turn, key);
    return { story, step: story.turn.value as AsyncTaskStep };
  } catch (thrown) {
    return { thrown };
  }
}

/** The step has its result by now: whatever the code does next, it must be recorded. */
async function moveAfter(story: Story, value: unknown, secrets: readonly string[]): Promise<NextMove> {
  try {
    return nextMove(await story.resume(value));
  } catch (error) {
    return { kind: 'fail', error: toTaskError(error, secrets) };
  }
}

function nextMove(turn: Story['turn']): NextMove {
  if (turn.done !== true) return { kind: 'step', key: turn.value.key };
  return { kind: 'return', value: asJson(turn.value, { what: 'The result of the task', largest: largestTaskValue }) };
}

function readResult(result: unknown, key: string, records: readonly StepRecord[]): unknown {
  if (key === onlyStep) return asJson(result, { what: 'The result of the task', largest: largestTaskValue });
  const what = `The result of the step "${key}"`;
  const value = asJson(result, { what, largest: largestStepResult });
  const bytes = Buffer.byteLength(JSON.stringify([...records, { key, outcome: 'completed', value }]));
  if (bytes > largestRecords)
    throw tooLarge(
      `With ${what.toLowerCase()} the results of the task's steps have ${bytes} bytes, and ${largestRecords} is the limit`,
    );
  return value;
}

/** A call may throw, or return no promise. */
async function call(step: AsyncTaskStep, context: AsyncTaskContext): Promise<unknown> {
  return await step.call(context);
}

function currentContext(abandoned: AbortSignal): AsyncTaskContext {
  const { info, cancellationSignal } = Context.current();
  return {
    taskId: info.workflowExecution?.workflowId ?? '',
    attempt: info.attempt,
    signal: AbortSignal.any([cancellationSignal, abandoned]),
  };
}

function failureOf(error: unknown, key: string, secrets: readonly string[]): Error {
  // Temporal wants to hear of a cancellation in its own words.
  const isCancelled = Context.current().cancellationSignal.aborted;
  return isCancelled ? new CancelledFailure('The step was cancelled.') : toStepFailure(error, key, secrets);
}
