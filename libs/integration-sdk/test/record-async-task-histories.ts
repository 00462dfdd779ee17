import { mkdir, writeFile } from 'node:fs/promises';
import { startTestMiddleware } from '@darkroom/testing';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { AsyncTaskStepError, step, TemporalAsyncTask } from '../src/tasks/index.ts';
import { quietRuntime } from './quiet-runtime.ts';
import { startTasks, waitForStatus } from './task-stage.ts';
import { until } from './until.ts';

/** Records the histories that async-task-workflow.replay.test.ts replays. Run it, with `--conditions=@darkroom/source`, only to add one: an old one must go on replaying. */
const directory = new URL('./__fixtures__/async-task-histories/', import.meta.url);
const only = process.argv[2];
const retryPolicy = { maxRetries: 1, initialDelay: 1 };
const busy = (): never => {
  throw new Error('the provider is busy');
};
const begun = new Set<string>();
const gate = Promise.withResolvers<void>();
const waitAtGate = (name: string, signal: AbortSignal) =>
  new Promise<void>((resolve, reject) => {
    begun.add(name);
    signal.addEventListener('abort', () => reject(new Error('told to end')));
    void gate.promise.then(resolve);
  });
let plans = 0;

const ending = [
  new TemporalAsyncTask({ name: 'one-step', task: async ({ value }: { value: number }) => ({ result: value * 2 }) }),
  new TemporalAsyncTask({
    name: 'two-steps',
    task: async function* ({ value }: { value: number }) {
      const doubled = yield* step('double', () => value * 2);
      return { result: yield* step('add', () => doubled + 1) };
    },
  }),
  new TemporalAsyncTask({
    name: 'went-on-after-a-failed-step',
    retryPolicy,
    task: async function* ({ value }: { value: number }) {
      try {
        yield* step('ask', busy);
      } catch (error) {
        if (!(error instanceof AsyncTaskStepError)) throw error;
      }
      return { result: yield* step('guess', () => value) };
    },
  }),
  new TemporalAsyncTask({ name: 'failed', retryPolicy, task: async () => busy() }),
  new TemporalAsyncTask({
    name: 'refused',
    task: async function* ({ value }: { value: number }) {
      const doubled = yield* step('double', () => value * 2);
      return yield* step(`plan ${(plans += 1)}`, () => doubled);
    },
  }),
  // It takes two minutes.
  new TemporalAsyncTask({
    name: 'never-came-to-a-step',
    task: async function* () {
      await new Promise(() => undefined);
      yield* step('never', () => 1);
    },
  }),
];
const cancelled = new TemporalAsyncTask({
  name: 'cancelled',
  task: async function* () {
    yield* step('wait', ({ signal }) => waitAtGate('cancelled', signal));
  },
});
const continued = new TemporalAsyncTask({
  name: 'continued',
  task: async function* () {
    yield* step('wait', ({ signal }) => waitAtGate('continued', signal));
    return yield* step('go on', () => 'went on');
  },
});
const searched = new TemporalAsyncTask({ name: 'searched-a-worker', task: async () => 'found' });

quietRuntime();
const middleware = await startTestMiddleware({ temporal: true });
const options = { identity: 'recorder', taskQueue: 'recorded' };
const component = await startTasks(middleware.temporal, [...ending, cancelled, continued], options);
const { workflow } = component.getClient();
await mkdir(directory, { recursive: true });

for (const task of ending) {
  const name = task.getName();
  if (only !== undefined && only !== name) continue;
  const taskId = await task.submit({ value: 5 });
  await until(async () => (await task.getStatus(taskId)).completedAt !== undefined, 300_000);
  await write(name, await historyOf(taskId));
}
if (only === undefined || only === 'cancelled') await recordCancelled();
if (only === undefined || only === 'continued') await recordContinued();
if (only === undefined || only === 'searched-a-worker') await recordSearched();
await component.stop();
await middleware.stop();

async function recordCancelled(): Promise<void> {
  const taskId = await cancelled.submit({});
  await until(() => begun.has('cancelled'));
  await cancelled.cancel(taskId);
  await waitForStatus(cancelled, taskId);
  await write('cancelled', await historyOf(taskId));
}

/** Temporal suggests a new run for what is in the history beside the task; that is left out of what is recorded. */
async function recordContinued(): Promise<void> {
  const taskId = await continued.submit({});
  const { runId } = await workflow.getHandle(taskId).describe();
  await until(() => begun.has('continued'));
  for (let signals = 0; signals < 3; signals += 1) {
    await workflow.getHandle(taskId).signal('padding', 'x'.repeat(1_900_000));
  }
  await until(async () => ((await workflow.getHandle(taskId, runId).describe()).historySize ?? 0) > 5_000_000);
  gate.resolve();
  await waitForStatus(continued, taskId);
  await write('continued', (await historyOf(taskId, runId)).replaceAll(/"data": "[^"]{1000,}"/g, '"data": "IngiCg=="'));
  await write('continuation', await historyOf(taskId));
}

/** As a run that goes on with a step, on a queue whose worker does not have the task. */
async function recordSearched(): Promise<void> {
  const onQueue = { ...options, taskQueue: 'searched' };
  const other = await startTasks(middleware.temporal, ending.slice(0, 1), onQueue);
  const taskId = 'searched-a-worker';
  const args = [{ params: {}, limits: searched.stepLimits, next: { kind: 'step', key: '' } }];
  const handle = await workflow.start(searched.workflowType, { ...onQueue, workflowId: taskId, args });
  await until(async () => (await handle.describe()).memo?.['begun'] === true);
  await other.stop();
  const finder = await startTasks(middleware.temporal, [searched], onQueue);
  await waitForStatus(searched, taskId);
  await finder.stop();
  await write('searched-a-worker', await historyOf(taskId));
}

async function historyOf(taskId: string, runId?: string): Promise<string> {
  return historyToJSON(await workflow.getHandle(taskId, runId).fetchHistory());
}

async function write(name: string, history: string): Promise<void> {
  await writeFile(new URL(`${name}.json`, directory), `${history}\n`);
}
