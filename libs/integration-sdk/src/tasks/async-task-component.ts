import { Client, type ClientOptions, Connection } from '@temporalio/client';
import type { NativeConnection } from '@temporalio/worker';
import { type AsyncTaskComponentOptions, type ComponentSettings, readComponentOptions } from './component-options.ts';
import type { TaskWorkers } from './run-task-workers.ts';
import { AsyncTaskNotConnectedError } from './task-errors.ts';
import type { AnyAsyncTask } from './temporal-async-task.ts';

// The default of gRPC is two minutes: too long for calls that wait for Temporal to come back.
const longestReconnectPauseMs = 2_000;

/** Connects tasks to Temporal: `connect` to submit them and look them up, `start` to run them in this process as well. */
export class AsyncTaskComponent {
  readonly settings: ComponentSettings;
  readonly #tasks = new Map<string, AnyAsyncTask>();
  #client: Client | undefined;
  #connection: Connection | undefined;
  #workers: TaskWorkers | undefined;
  /** Of the start that was asked for; undefined after one that failed, and after a stop. */
  #starting: Promise<TaskWorkers> | undefined;
  #stopping: Promise<void> | undefined;

  constructor(options: AsyncTaskComponentOptions = {}) {
    this.settings = readComponentOptions(options);
  }

  /** Throws where a task of this name is registered, and after `connect` and `start`. */
  register(task: AnyAsyncTask): void {
    const name = task.getName();
    if (this.#client || this.#starting) {
      throw new Error(`The task "${name}" comes too late: register it before connect() and start().`);
    }
    if (this.#tasks.has(name)) {
      throw new Error(`There is a task "${name}" already: give one of the two another name.`);
    }
    task.setDefaultQueue(this.settings.taskQueue);
    this.#tasks.set(name, task);
  }

  registerAll(tasks: readonly AnyAsyncTask[]): void {
    for (const task of tasks) this.register(task);
  }

  /**
   * Gives the tasks a client, without a Worker: to submit them, look them up and cancel them. Temporal may be away: the client connects with its first call. `stop` closes it.
   */
  connect(): Promise<void> {
    if (this.#client === undefined) this.#useClient(this.#openConnection());
    return Promise.resolve();
  }

  /**
   * Runs the tasks in this process too, with a Worker for each queue; resolves when all of them poll. Fails where Temporal does not answer, and where no task is
   * registered. A Worker that fails later ends the others and rejects `ended()`, which ends the process where nobody listens. A `connection` that the process has already
   * is used instead of one to `temporalAddress`, and is left open by `stop`.
   */
  async start({ connection }: { connection?: NativeConnection } = {}): Promise<void> {
    if (this.#starting) throw new Error('The component is started already.');
    if (this.#tasks.size === 0) throw new Error('There is nothing to start: register a task first.');
    this.#starting = this.#createWorkers(connection);
    const { polling } = await this.#starting.catch((error: unknown) => {
      this.#starting = undefined;
      throw error;
    });
    await polling;
  }

  /**
   * Takes no more steps, waits for those that run, and disconnects the tasks. After `drainSeconds` (by default the longest time that a step of its tasks may take) the signals of the
   * steps that still run are aborted: such an attempt has failed, and another worker makes the next one. A step that does not heed its signal makes it reject. The component may be started again.
   * A start that is under way is rejected.
   */
  stop({ drainSeconds = this.#longestStepSeconds() }: { drainSeconds?: number } = {}): Promise<void> {
    this.#stopping ??= this.#stopWorkers(drainSeconds).finally(() => {
      this.#starting = undefined;
      this.#stopping = undefined;
    });
    return this.#stopping;
  }

  /** The client of the tasks. Throws AsyncTaskNotConnectedError before `connect` and `start`, and after `stop`. */
  getClient(): Client {
    if (this.#client === undefined) throw new AsyncTaskNotConnectedError('The component');
    return this.#client;
  }

  /** Whether its Workers run. */
  isStarted(): boolean {
    return this.#workers !== undefined;
  }

  /** Settles when the Workers have ended: rejected as soon as one of them fails, while steps of the others may still run; `stop` waits for those. Throws where the component is not started. */
  ended(): Promise<void> {
    return this.#startedWorkers().ended;
  }

  /** Undefined while every Worker runs and Temporal sees it; otherwise what is wrong. */
  async findFault(): Promise<string | undefined> {
    return this.#workers === undefined ? 'the workers of the tasks are not started' : this.#workers.findFault();
  }

  async #createWorkers(connection: NativeConnection | undefined): Promise<TaskWorkers> {
    // Only here, so that a process that submits tasks loads no Worker.
    const { runTaskWorkers } = await import('./run-task-workers.ts');
    const workers = await runTaskWorkers(this.settings, [...this.#tasks.values()], connection);
    this.#workers = workers;
    if (this.#client === undefined) this.#useClient(workers.connection);
    return workers;
  }

  async #stopWorkers(drainSeconds: number): Promise<void> {
    // Workers that are being created would outlive the stop. That a start failed is told by the start.
    await Promise.allSettled([this.#starting]);
    const [workers, connection] = [this.#workers, this.#connection];
    this.#workers = undefined;
    this.#connection = undefined;
    this.#client = undefined;
    for (const task of this.#tasks.values()) task.setClient(undefined);
    try {
      await workers?.stop(drainSeconds);
    } finally {
      await connection?.close();
    }
  }

  #startedWorkers(): TaskWorkers {
    if (this.#workers === undefined) throw new Error('The component is not started: call start() first.');
    return this.#workers;
  }

  #openConnection(): Connection {
    this.#connection = Connection.lazy({
      address: this.settings.temporalAddress,
      channelArgs: { 'grpc.max_reconnect_backoff_ms': longestReconnectPauseMs },
    });
    return this.#connection;
  }

  #useClient(connection: NonNullable<ClientOptions['connection']>): void {
    const { namespace, identity } = this.settings;
    const client = new Client({ connection, namespace, identity });
    this.#client = client;
    for (const task of this.#tasks.values()) task.setClient(client);
  }

  #longestStepSeconds(): number {
    return Math.max(0, ...[...this.#tasks.values()].map(({ stepLimits }) => stepLimits.timeoutSeconds));
  }
}
