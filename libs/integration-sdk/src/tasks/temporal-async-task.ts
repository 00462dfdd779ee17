import {
  type Client,
  WorkflowExecutionAlreadyStartedError,
  type WorkflowExecutionDescription,
} from '@temporalio/client';
import { type AsyncTaskStatus, readTaskStatus } from './async-task-status.ts';
import { cancelTask, describeTask } from './find-task.ts';
import { asJson, largestTaskValue } from './json-value.ts';
import { type AsyncTaskRetryPolicy, readRetryPolicy } from './retry-policy.ts';
import { AsyncTaskIdTakenError, AsyncTaskNotConnectedError, AsyncTaskNotFoundError } from './task-errors.ts';
import { type AsyncTaskFunction, isAsyncGeneratorFunction, isPlainGeneratorFunction } from './task-function.ts';
import { isTaskId } from './task-id.ts';
import { taskNamePattern } from './task-name.ts';
import { type StepLimits, type TaskInput, workflowTypePrefix } from './task-story.ts';
import { withinLimit } from './within-limit.ts';

export const defaultTaskQueue = 'async-tasks';
const defaultTimeoutSeconds = 30 * 60;
const defaultLostWorkerSeconds = 20;

export interface AsyncTaskOptions<Params, Result> {
  /** Unique in the namespace: a letter, then letters, digits, `_` and `-`, at most 100. The workflow's type is `asyncTask_<name>`. */
  readonly name: string;
  /** The work. Read what AsyncTaskFunction says of generators. */
  readonly task: AsyncTaskFunction<Params, Result>;
  /** A queue of its own, with a Worker of its own. Default: that of the component, which is `async-tasks` by default. */
  readonly taskQueue?: string;
  /** Default: 3 retries, after 1, 2 and 4 seconds. */
  readonly retryPolicy?: Partial<AsyncTaskRetryPolicy>;
  /** How long one attempt of a step may take. Default: 30 minutes. */
  readonly stepTimeoutSeconds?: number;
  /**
   * After how many seconds of silence the worker of a step counts as lost, and the step is tried again elsewhere. Default: 20. Choose 10 or more, and less only where
   * beginning twice is harmless: heartbeats are sent after four fifths of it, and after 5 s at the latest, so of a few seconds little is left for the network.
   */
  readonly lostWorkerSeconds?: number;
}

/**
 * A slow function as a durable task: it survives the processes that run it, and a step that has completed never runs again. Params and results are JSON: at most 256 KB for a task, 64 KB for a
 * step, 256 KB for all steps of a task together, their failures included; larger things are stored as artifacts, and their ids passed.
 */
// Without types a task takes anything, as the function that it is made of does.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export class TemporalAsyncTask<Params = any, Result = any> {
  /** `asyncTask_<name>` */
  readonly workflowType: string;
  /** How each step is executed: what a submitted task is started with. */
  readonly stepLimits: StepLimits;
  readonly #options: AsyncTaskOptions<Params, Result>;
  readonly #retryPolicy: AsyncTaskRetryPolicy;
  #defaultQueue = defaultTaskQueue;
  #client: Client | undefined;

  /** Throws a RangeError or TypeError that names the option that no task can have. */
  constructor(options: AsyncTaskOptions<Params, Result>) {
    checkOptions(options);
    this.#options = options;
    this.#retryPolicy = readRetryPolicy(options.retryPolicy);
    this.workflowType = `${workflowTypePrefix}${options.name}`;
    this.stepLimits = {
      maximumAttempts: this.#retryPolicy.maxRetries + 1,
      initialDelayMs: this.#retryPolicy.initialDelay,
      maximumDelayMs: this.#retryPolicy.maxDelay,
      backoffMultiplier: this.#retryPolicy.backoffMultiplier,
      timeoutSeconds: options.stepTimeoutSeconds ?? defaultTimeoutSeconds,
      lostWorkerSeconds: options.lostWorkerSeconds ?? defaultLostWorkerSeconds,
    };
  }

  /** Its own queue, or that of the component that it is registered with. */
  get taskQueue(): string {
    return this.#options.taskQueue ?? this.#defaultQueue;
  }

  getName(): string {
    return this.#options.name;
  }

  getTaskFunction(): AsyncTaskFunction<Params, Result> {
    return this.#options.task;
  }

  getRetryPolicy(): AsyncTaskRetryPolicy {
    return this.#retryPolicy;
  }

  /** Whether it is an async generator. */
  isMultiStep(): boolean {
    return isAsyncGeneratorFunction(this.#options.task);
  }

  /** The client that tasks are submitted and looked up with; components call it. `undefined` takes it away. */
  setClient(client: Client | undefined): void {
    this.#client = client;
  }

  /** The queue that it uses where it has none of its own; components call it. */
  setDefaultQueue(taskQueue: string): void {
    this.#defaultQueue = taskQueue;
  }

  /**
   * Starts the task and answers its id at once; no worker needs to be alive. Idempotent by `taskId` (1 to 200 visible ASCII characters; by default a new one): submitting one again, also after its end,
   * starts nothing, whatever the params are. Tasks with different values of `fairnessKey`, such as an account, take turns on a full queue. Throws AsyncTaskNotConnectedError, AsyncTaskIdTakenError, and AsyncTaskError with `not_json` or `too_large` for the params.
   */
  async submit(
    params: Params,
    { taskId = `task_${crypto.randomUUID()}`, fairnessKey }: { taskId?: string; fairnessKey?: string } = {},
  ): Promise<string> {
    const client = this.#connectedClient();
    if (!isTaskId(taskId)) throw new RangeError('A taskId has 1 to 200 visible ASCII characters.');
    const input: TaskInput = {
      params: asJson(params, { what: 'The params of the task', largest: largestTaskValue }),
      limits: this.stepLimits,
    };
    await withinLimit(client, () => this.#start(client, taskId, { input, fairnessKey }));
    return taskId;
  }

  /** What has become of the task: quickly, also while no worker is alive. Throws AsyncTaskNotFoundError for an id that no task of this name has. */
  async getStatus(taskId: string): Promise<AsyncTaskStatus<Result>> {
    const client = this.#connectedClient();
    return withinLimit(client, async () =>
      readTaskStatus<Result>(client, taskId, await this.#describe(client, taskId)),
    );
  }

  /**
   * Ends the task as `failed` with the code `cancelled`, as soon as a worker is alive. The signal of a running step is aborted at its next heartbeat, within seconds; what it does
   * then changes nothing. A task that has ended stays as it is. Throws AsyncTaskNotFoundError.
   */
  async cancel(taskId: string): Promise<void> {
    const client = this.#connectedClient();
    await withinLimit(client, async () => {
      const { closeTime } = await this.#describe(client, taskId);
      if (closeTime === undefined) await cancelTask(client, taskId);
    });
  }

  async #start(
    client: Client,
    taskId: string,
    { input, fairnessKey }: { input: TaskInput; fairnessKey: string | undefined },
  ): Promise<void> {
    try {
      await client.workflow.start(this.workflowType, {
        workflowId: taskId,
        taskQueue: this.taskQueue,
        args: [input],
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        // And not USE_EXISTING: what has the id may be something else.
        workflowIdConflictPolicy: 'FAIL',
        memo: { task: this.getName() },
        staticSummary: this.getName(),
        ...(fairnessKey !== undefined && { priority: { fairnessKey } }),
      });
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      const existing = await describeTask(client, this, taskId);
      if (existing === undefined) throw new AsyncTaskIdTakenError(this.getName(), taskId);
    }
  }

  async #describe(client: Client, taskId: string): Promise<WorkflowExecutionDescription> {
    const description = await describeTask(client, this, taskId);
    if (description === undefined) throw new AsyncTaskNotFoundError(this.getName(), taskId);
    return description;
  }

  #connectedClient(): Client {
    if (this.#client === undefined) throw new AsyncTaskNotConnectedError(`The task "${this.getName()}"`);
    return this.#client;
  }
}

/** A task of any params and any result. */
export type AnyAsyncTask = TemporalAsyncTask<never, unknown>;

function checkOptions({
  name,
  task,
  taskQueue,
  stepTimeoutSeconds,
  lostWorkerSeconds,
}: AsyncTaskOptions<never, unknown>) {
  if (!taskNamePattern.test(name)) {
    throw new RangeError(
      `A task cannot have the name "${name}": take a letter, then letters, digits, _ and -, at most 100.`,
    );
  }
  if (typeof task !== 'function' || isPlainGeneratorFunction(task)) {
    throw new TypeError(`The task "${name}" must be an async function or an async generator function.`);
  }
  if (taskQueue?.trim() === '') throw new RangeError(`The taskQueue of the task "${name}" must not be empty.`);
  for (const [option, seconds] of Object.entries({ stepTimeoutSeconds, lostWorkerSeconds })) {
    if (seconds !== undefined && !(Number.isFinite(seconds) && seconds > 0)) {
      throw new RangeError(`${option} of the task "${name}" must be more than 0.`);
    }
  }
}
