import { mkdir, writeFile } from 'node:fs/promises';
import { startTestMiddleware } from '@darkroom/testing';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { CallWorkflowProgress } from '../src/workflows/index.ts';
import { openRig } from './rig.ts';
import { quietRuntime } from './quiet-runtime.ts';
import { type CallHandle, runTinyWorker } from './temporal-worker.ts';
import { until } from './until.ts';

/** Records the histories that call-workflow.replay.test.ts replays. Run it, with `--conditions=@darkroom/source`, only to add one: an old one must go on replaying. */
const directory = new URL('./__fixtures__/histories/', import.meta.url);
const only = process.argv[2];

quietRuntime();
const middleware = await startTestMiddleware({ temporal: true, objectStore: true });
const rig = await openRig(middleware.objectStore);
const temporal = await runTinyWorker(middleware.temporal, await rig.newContext());
const { answer } = rig.provider;

const refuseForSeconds = (seconds: number) => {
  rig.provider.answer = (_request, response) =>
    void response.writeHead(429, { 'retry-after': String(seconds) }).end('{}');
};
const cancelWhileItWaits = async (handle: CallHandle) => {
  await until(async () => (await handle.query<CallWorkflowProgress, []>('progress')).step === 'waiting');
  rig.main.call(handle.workflowId).cancelRequested = true;
  await handle.signal('cancel');
};

interface Scenario {
  prepare?: () => void;
  act?: (handle: CallHandle) => Promise<void>;
}
const scenarios: Record<string, Scenario> = {
  'completed-at-once': {},
  'refused-then-completed': {
    prepare: () => {
      const statuses = [429, 429];
      rig.provider.answer = (request, response) => {
        const status = statuses.shift();
        if (status === undefined) answer(request, response);
        else response.writeHead(status).end('{}');
      };
    },
  },
  'stored-when-storage-was-back': {
    prepare: () => {
      rig.provider.answer = (request, response) => {
        void middleware.objectStore.stop().then(() => {
          answer(request, response);
          setTimeout(() => void middleware.objectStore.start(), 3_000);
        });
      };
    },
  },
  'gave-up-storing': {
    prepare: () => {
      rig.provider.answer = (request, response) =>
        void middleware.objectStore.stop().then(() => answer(request, response));
    },
  },
  // Recorded when the workflow of the delivery `call` did not hear of a cancel.
  'waited-though-cancelled': { prepare: () => refuseForSeconds(3), act: cancelWhileItWaits },
  'cancelled-instead-of-waiting': { prepare: () => refuseForSeconds(30), act: cancelWhileItWaits },
};

await mkdir(directory, { recursive: true });
for (const [name, { prepare, act }] of Object.entries(scenarios)) {
  if (only !== undefined && only !== name) continue;
  rig.provider.answer = answer;
  prepare?.();
  const handle = await temporal.start(
    rig.accept({}, { prompt: name }, { storageRetrySeconds: name === 'gave-up-storing' ? 2 : 600 }),
  );
  await act?.(handle);
  await handle.result();
  const history = historyToJSON(await handle.fetchHistory()).replaceAll(/"stackTrace": ".*"/g, '"stackTrace": ""');
  await writeFile(new URL(`${name}.json`, directory), `${history}\n`);
}
await temporal.close();
await rig.close();
await middleware.stop();
