import type { CallbackFault, Fault } from '../plans/fault.schema.ts';
import { isCallbackFault } from '../plans/fault.schema.ts';
import { waitUnlessGone } from '../providers/wait-unless-gone.ts';
import type { Forgery, TaskDialect, TaskView } from '../providers/task-dialect.ts';
import type { Simulation } from '../simulation.ts';
import { nextChange } from './next-change.ts';
import { sendCallback, withWrongToken } from './send-callback.ts';
import { isEnded } from './task-state.ts';
import type { TaskEntry } from './task-store.ts';
import { viewTask } from './view-task.ts';

/** A callback that is sent because somebody asked for it, whatever the task's state is. */
export interface WantedCallback {
  readonly state?: TaskView['state'] | undefined;
  readonly forgery?: Forgery | undefined;
  readonly url?: string | undefined;
  readonly body?: string | undefined;
}

const retryMilliseconds = 500;

// After a restart, older callbacks are nobody's business any more.
const longestDueMilliseconds = 60 * 60 * 1000;

/** Calls clients back when the states of their tasks change, as the dialect and the plans say. */
export class CallbackSender {
  readonly #simulation: () => Simulation;
  readonly #dialects = new Map<string, TaskDialect>();
  readonly #followed = new Set<string>();

  constructor(simulation: () => Simulation) {
    this.#simulation = simulation;
  }

  /** Takes up the callbacks of a provider: also those that were due when the simulator was killed. */
  serve(dialect: TaskDialect): void {
    this.#dialects.set(dialect.name, dialect);
    const { tasks } = this.#simulation();
    for (const entry of tasks.all()) {
      if (Date.parse(entry.task.createdAt) > Date.now() - longestDueMilliseconds) this.#followOnce(entry, dialect);
    }
    tasks.onCreated((entry) => this.#followOnce(entry, dialect));
  }

  /** Whether callbacks of a task are still to come. */
  isCallingBack({ task }: TaskEntry): boolean {
    return this.#followed.has(task.id);
  }

  /** Sends the callback of a task's present state at once, and leaves out the one that would come later. */
  async callBackNow(entry: TaskEntry): Promise<void> {
    await this.#send(entry, this.#simulation().tasks.momentOf(entry).state);
  }

  /** Sends any callback and returns the status of its answer; undefined where the provider has no callbacks. */
  async sendWanted(entry: TaskEntry, wanted: WantedCallback): Promise<number | null | undefined> {
    const state = wanted.state ?? this.#simulation().tasks.momentOf(entry).state;
    return this.#attempt(entry, state, wanted);
  }

  #followOnce(entry: TaskEntry, dialect: TaskDialect): void {
    const { task } = entry;
    const isDue = task.provider === dialect.name && dialect.callbacks && task.order.callbackUrl !== undefined;
    if (!isDue || this.#followed.has(task.id)) return;
    this.#followed.add(task.id);
    void this.#follow(entry, dialect)
      .catch((error: unknown) => {
        const { closing, logger } = this.#simulation();
        if (!closing.aborted) logger.error({ error, task: task.id }, 'the callbacks of a task failed');
      })
      .finally(() => this.#followed.delete(task.id));
  }

  async #follow(entry: TaskEntry, dialect: TaskDialect): Promise<void> {
    const { tasks, closing } = this.#simulation();
    const fault = callbackFaultOf(entry);
    if (fault?.kind === 'callback_missing' || fault?.kind === 'callback_early') return;
    const wanted = dialect.callbacks?.states ?? [];
    while (!closing.aborted) {
      const { state } = tasks.momentOf(entry);
      const isHeldBack = fault?.kind === 'callback_out_of_order' && !isEnded(state);
      if (wanted.includes(state) && !isHeldBack && !isAnswered(entry, state)) await this.#send(entry, state);
      // It may have ended while that was told: nobody would hear of it below.
      if (tasks.momentOf(entry).state !== state) continue;
      if (isEnded(state)) return;
      await nextChange({ entry, state }, tasks, closing);
    }
  }

  async #send(entry: TaskEntry, state: TaskView['state']): Promise<void> {
    const { closing } = this.#simulation();
    const fault = callbackFaultOf(entry);
    if (fault?.kind === 'callback_late' && isLast(state)) await waitUnlessGone(fault.afterMs, closing);
    const states = fault?.kind === 'callback_out_of_order' ? [state, 'running' as const, 'queued' as const] : [state];
    for (const each of states) await this.#sendUntilAnswered(entry, each);
    if (fault?.kind !== 'callback_duplicate' || !isLast(state)) return;
    for (let times = 0; times < fault.times; times += 1) await this.#sendUntilAnswered(entry, state);
  }

  async #sendUntilAnswered(entry: TaskEntry, state: TaskView['state']): Promise<void> {
    const { closing } = this.#simulation();
    const attempts = isLast(state) ? (this.#dialects.get(entry.task.provider)?.callbacks?.attempts ?? 1) : 1;
    for (let attempt = 1; !closing.aborted; attempt += 1) {
      const status = await this.#attempt(entry, state, {});
      if (attempt >= attempts || isSuccess(status)) return;
      await waitUnlessGone(retryMilliseconds, closing);
    }
  }

  async #attempt(
    entry: TaskEntry,
    state: TaskView['state'],
    wanted: WantedCallback,
  ): Promise<number | null | undefined> {
    const simulation = this.#simulation();
    const { task } = entry;
    const dialect = this.#dialects.get(task.provider);
    const url = wanted.url ?? task.order.callbackUrl;
    if (!dialect?.callbacks || url === undefined) return undefined;
    const fault = callbackFaultOf(entry);
    const view = await viewTask({ entry, dialect, origin: task.origin, state }, simulation);
    const { headers, body } = dialect.callbacks.write(view, wanted.forgery ?? forgeryOf(fault));
    const outgoing = {
      url: fault?.kind === 'callback_wrong_token' ? withWrongToken(url) : url,
      headers,
      body: wanted.body ?? (fault?.kind === 'callback_not_json' ? `state=${state}&id=${task.id}` : body),
      timeoutMs: dialect.callbacks.timeoutMs,
    };
    const at = new Date().toISOString();
    const status = await sendCallback(outgoing, simulation.closing);
    if (!simulation.closing.aborted) await simulation.tasks.calledBack(entry, { state, at, status });
    return status;
  }
}

function callbackFaultOf({ task }: TaskEntry): CallbackFault | undefined {
  return isCallbackFault(task.callbackFault) ? task.callbackFault : undefined;
}

function forgeryOf(fault: Fault | undefined): Forgery | undefined {
  return fault?.kind === 'callback_forged' ? fault.how : undefined;
}

function isLast(state: TaskView['state']): boolean {
  return state !== 'unknown' && isEnded(state);
}

function isSuccess(status: number | null | undefined): boolean {
  return typeof status === 'number' && status >= 200 && status < 300;
}

function isAnswered({ callbacks }: TaskEntry, wanted: string): boolean {
  return callbacks.some(({ state, status }) => state === wanted && isSuccess(status));
}
