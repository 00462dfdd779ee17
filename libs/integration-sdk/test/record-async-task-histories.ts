import { mkdir, writeFile } from 'node:fs/promises';
import { startTestMiddleware } from '@darkroom/testing';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { AsyncTaskStepError, step, TemporalAsyncTask } from '../src/tasks/index.ts';
import { quietRuntime } from './quiet-runtime.ts';
import { startTasks, waitForStatus } from './task-stage.ts';

/** Records the histories that async-task-workflow.replay.test.ts replays. Run it, with `--conditions=@darkroom/source`, only to add one: an old one must go on replaying. */
const directory = new URL('./__fixtures__/async-task-histories/', import.meta.url);
const only = process.argv[2];
const retryPolicy = { maxRetries: 1, initialDelay: 1 };
const busy = (): never => {
  throw new Error('the provider is busy');
};

const scenarios = [
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
];

quietRuntime();
const middleware = await startTestMiddleware({ temporal: true });
const component = await startTasks(middleware.temporal, scenarios, { identity: 'recorder' });
await mkdir(directory, { recursive: true });
for (const task of scenarios) {
  const name = task.getName();
  if (only !== undefined && only !== name) continue;
  const taskId = await task.submit({ value: 5 });
  await waitForStatus(task, taskId);
  const history = await component.getClient().workflow.getHandle(taskId).fetchHistory();
  await writeFile(new URL(`${name}.json`, directory), `${historyToJSON(history)}\n`);
}
await component.stop();
await middleware.stop();
