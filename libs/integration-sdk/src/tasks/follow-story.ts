import { AsyncTaskError, AsyncTaskStepError } from './task-errors.ts';
import {
  type AsyncTaskContext,
  type AsyncTaskFunction,
  type AsyncTaskStep,
  isAsyncGeneratorFunction,
} from './task-function.ts';
import { onlyStep, type StepRecord } from './task-story.ts';

type Code = AsyncGenerator<AsyncTaskStep, unknown, unknown>;
/** The step that a task's code stands at, or its end. */
export type Turn = IteratorResult<AsyncTaskStep, unknown>;

const longestKey = 200;

/**
 * Runs the task's code with the recorded outcomes up to what comes after them, a step or its end; no `call` runs. Throws what the code throws, and AsyncTaskErrors where it does not fit the records
 * (`steps_changed`) or yields what is no step (`invalid_step`, `duplicate_step`). The code is left where it stands: to end it would run what is in its `finally`.
 */
export async function followStory(
  task: AsyncTaskFunction<never, unknown>,
  { params, context, records }: { params: unknown; context: AsyncTaskContext; records: readonly StepRecord[] },
): Promise<Turn> {
  const isMultiStep = isAsyncGeneratorFunction(task);
  const code = isMultiStep ? (task(params as never, context) as Code) : asOneStep(task, params);
  const keys = new Set<string>();
  const check = (turn: Turn): Turn => {
    if (isMultiStep && turn.done !== true) checkStep(turn.value, keys);
    return turn;
  };

  let turn = check(await code.next());
  for (const record of records) {
    expectStep(turn, record.key);
    turn = check(await answer(code, record));
  }
  return turn;
}

/** Throws where the code stands at another step than the one that is recorded or was scheduled. */
export function expectStep(turn: Turn, key: string): void {
  if (turn.done !== true && turn.value.key === key) return;
  const instead = turn.done === true ? 'ends' : `yields "${turn.value.key}"`;
  throw new AsyncTaskError(
    'steps_changed',
    `The task's code ${instead} where "${key}" is recorded. Code between the yields must be deterministic, and steps may be changed only while no task is under way: give the changed task another name.`,
    { retryable: false },
  );
}

function answer(code: Code, record: StepRecord): Promise<Turn> {
  if (record.outcome === 'completed') return code.next(record.value);
  const { code: failureCode, message } = record.error;
  return code.throw(new AsyncTaskStepError({ step: record.key, code: failureCode, message }));
}

async function* asOneStep(task: AsyncTaskFunction<never, unknown>, params: unknown): Code {
  return yield {
    key: onlyStep,
    call: async (context) => {
      const result = await task(params as never, context);
      if (typeof result === 'object' && result !== null && Symbol.asyncIterator in result) {
        throw invalid('invalid_task', 'The task returns a generator: it must be written as `async function*` itself');
      }
      return result;
    },
  };
}

function checkStep(step: unknown, keys: Set<string>): void {
  const { key, call } = (step ?? {}) as Partial<AsyncTaskStep>;
  if (typeof key !== 'string' || key === '' || key.length > longestKey || typeof call !== 'function') {
    throw invalid('invalid_step', `A task yields { key, call }, with a key of 1 to ${longestKey} characters`);
  }
  if (keys.has(key)) throw invalid('duplicate_step', `The key "${key}" is taken by an earlier step of the task`);
  keys.add(key);
}

function invalid(code: string, fact: string): AsyncTaskError {
  return new AsyncTaskError(code, `${fact}.`, { retryable: false });
}
