/** What a task's function, and each step's `call`, is handed beside the params. */
export interface AsyncTaskContext {
  /** The id that `submit` answered. */
  readonly taskId: string;
  /** From 1: which execution of this step it is. A generator must not let it decide which steps it yields. */
  readonly attempt: number;
  /** Aborted when the task is cancelled or terminated, when the attempt's time is over, and when a stop has waited for long enough. */
  readonly signal: AbortSignal;
}

/** One step of a task. */
export interface AsyncTaskStep<Value = unknown> {
  /** Names the step: unique within the task, the same on every replay, 1 to 200 characters. */
  readonly key: string;
  /**
   * The work. Its result is JSON of at most 64 KB (`undefined` is fine) and is recorded: from then on it never runs again. An attempt that fails, or is lost with its
   * worker, is followed by another one, so it must bear being begun twice.
   */
  readonly call: (context: AsyncTaskContext) => Value | Promise<Value>;
}

/**
 * The work of a task: an async function, which is one step, or an async generator that yields steps and returns the result.
 *
 * A generator is replayed with the recorded results to reach its next step, in any process. So its own code between the yields must be deterministic and free of side
 * effects: no clock, randomness, I/O or logging; all of that belongs into a step's `call`, whose only way out is its result: a variable that it sets is not there after a replay. It is left where it stands at a yield: what is in a `finally` around a yield may never run.
 */
export type AsyncTaskFunction<Params, Result> = (
  params: Params,
  context: AsyncTaskContext,
) => Promise<Result> | AsyncGenerator<AsyncTaskStep, Result, unknown>;

/** A step whose result has the type of its `call`: `const draft = yield* step('draft', () => write(topic))`. */
export async function* step<Value>(
  key: string,
  call: AsyncTaskStep<Value>['call'],
): AsyncGenerator<AsyncTaskStep<Value>, Value, unknown> {
  return (yield { key, call }) as Value;
}

/** Whether the function was written as an async generator. */
export function isAsyncGeneratorFunction(value: unknown): boolean {
  return tagOf(value) === 'AsyncGeneratorFunction';
}

/** Whether the function was written as a generator that is not async, which no task can be. */
export function isPlainGeneratorFunction(value: unknown): boolean {
  return tagOf(value) === 'GeneratorFunction';
}

/** The tag, and not the class: a function may come from another realm. */
function tagOf(value: unknown): unknown {
  return typeof value === 'function' ? (value as { [Symbol.toStringTag]?: unknown })[Symbol.toStringTag] : undefined;
}
