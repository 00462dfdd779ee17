import type { ComponentSpec } from '../deployment/component-spec.ts';
import { describeExit, type ManagedProcess, type ProcessExit } from '../process/managed-process.ts';
import { withLastLines } from '../process/until-ready.ts';
import { launchComponent, type LaunchedComponent } from './launch-component.ts';
import type { ComponentStatus } from './messages.ts';

export interface SupervisedComponent {
  readonly spec: ComponentSpec;
  status(): Promise<ComponentStatus>;
  isActive(): boolean;
  /** Resolves when it is ready. Repeats of a start that is under way wait for the same one. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Ends its process at once, while it stops. */
  kill(): void;
}

export interface SupervisionContext {
  readonly dataDirectory: string;
  say(text: string, level: 'progress' | 'info' | 'problem'): void;
}

/** By convention (sysexits.h), a fault of the configuration: starting again would not mend it. */
const configurationFault = 78;
const firstRestartMilliseconds = 500;
const longestRestartMilliseconds = 30_000;
const calmMilliseconds = 60_000;

type State =
  { status: 'stopped' | 'starting' | 'ready' | 'stopping' } | { status: 'restarting' | 'failed'; reason: string };

/** Keeps one component running: starts it, starts it again when it dies, stops it. */
export function superviseComponent(
  spec: ComponentSpec,
  { dataDirectory, say }: SupervisionContext,
): SupervisedComponent {
  let state: State = { status: 'stopped' };
  let launched: LaunchedComponent | undefined;
  let starting: Promise<void> | undefined;
  let stopping: Promise<void> | undefined;
  let abort = new AbortController();
  let restartTimer: NodeJS.Timeout | undefined;
  let restartMilliseconds = firstRestartMilliseconds;
  let readySince = 0;

  const launch = async () => {
    abort = new AbortController();
    const { signal } = abort;
    await stopping;
    signal.throwIfAborted();
    const startedAt = performance.now();
    state = { status: 'starting' };
    try {
      launched = await launchComponent(spec, {
        dataDirectory,
        abortSignal: signal,
        reportProgress: (step) => say(step, 'progress'),
      });
    } catch (error) {
      state = { status: 'failed', reason: reasonOf(error) };
      throw error;
    }
    state = { status: 'ready' };
    readySince = performance.now();
    say(`ready after ${((readySince - startedAt) / 1000).toFixed(1)} s`, 'info');
    watch(launched.process);
  };

  const watch = (process: ManagedProcess) => {
    void process.exited.then((exit) => {
      if (launched?.process === process && state.status === 'ready') recover(process, exit);
    });
  };

  const recover = (process: ManagedProcess, exit: ProcessExit) => {
    launched = undefined;
    const reason = withLastLines(`${spec.name} ended with ${describeExit(exit)}`, process);
    if (exit.code === configurationFault) {
      state = { status: 'failed', reason };
      return say(`${reason}\nIt is not started again: mend its configuration first.`, 'problem');
    }
    if (performance.now() - readySince > calmMilliseconds) restartMilliseconds = firstRestartMilliseconds;
    restartLater(reason);
  };

  const restartLater = (reason: string) => {
    state = { status: 'restarting', reason };
    say(`${reason}\nIt is started again in ${restartMilliseconds / 1000} s.`, 'problem');
    restartTimer = setTimeout(() => {
      starting = launch().finally(() => (starting = undefined));
      starting.catch((error: unknown) => {
        if (!abort.signal.aborted) restartLater(reasonOf(error));
      });
    }, restartMilliseconds);
    restartMilliseconds = Math.min(restartMilliseconds * 2, longestRestartMilliseconds);
  };

  /** Also where that waits for the end of an earlier stop. */
  const isAboutToStart = () => starting !== undefined && !abort.signal.aborted;

  const stopNow = async () => {
    clearTimeout(restartTimer);
    await starting?.catch(() => undefined);
    state = { status: 'stopping' };
    await launched?.process.stop();
    launched = undefined;
    restartMilliseconds = firstRestartMilliseconds;
    state = { status: 'stopped' };
  };

  return {
    spec,
    isActive: () => isAboutToStart() || (state.status !== 'stopped' && state.status !== 'failed'),
    start: () => {
      if (state.status === 'ready') return Promise.resolve();
      clearTimeout(restartTimer);
      starting ??= launch().finally(() => (starting = undefined));
      return starting;
    },
    stop: () => {
      // At once: the stop that is under way may be an earlier one, whose end a new start waits for.
      abort.abort(new Error(`${spec.name} was stopped before it was ready`));
      stopping ??= stopNow().finally(() => (stopping = undefined));
      return stopping;
    },
    kill: () => launched?.process.kill(),
    status: async () => ({
      name: spec.name,
      kind: spec.kind,
      status: state.status,
      pid: launched?.process.pid ?? null,
      ports: Object.values(spec.ports).map(({ number }) => number),
      addresses: launched?.addresses ?? {},
      problem: 'reason' in state ? state.reason : ((await launched?.check().then(() => null, reasonOf)) ?? null),
    }),
  };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
