import { mkdir, writeFile } from 'node:fs/promises';
import { startTestMiddleware } from '@darkroom/testing';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { openRig } from './rig.ts';
import { quietRuntime } from './quiet-runtime.ts';
import { runTinyWorker } from './temporal-worker.ts';

/** Records the histories that call-workflow.replay.test.ts replays. Run it, with `--conditions=@darkroom/source`, only to add one: an old one must go on replaying. */
const directory = new URL('./__fixtures__/histories/', import.meta.url);
const only = process.argv[2];

quietRuntime();
const middleware = await startTestMiddleware({ temporal: true, objectStore: true });
const rig = await openRig(middleware.objectStore);
const temporal = await runTinyWorker(middleware.temporal, await rig.newContext());
const { answer } = rig.provider;

const scenarios: Record<string, () => void> = {
  'completed-at-once': () => undefined,
  'refused-then-completed': () => {
    const statuses = [429, 429];
    rig.provider.answer = (request, response) => {
      const status = statuses.shift();
      if (status === undefined) answer(request, response);
      else response.writeHead(status).end('{}');
    };
  },
  'stored-when-storage-was-back': () => {
    rig.provider.answer = (request, response) => {
      void middleware.objectStore.stop().then(() => {
        answer(request, response);
        setTimeout(() => void middleware.objectStore.start(), 3_000);
      });
    };
  },
  'gave-up-storing': () => {
    rig.provider.answer = (request, response) =>
      void middleware.objectStore.stop().then(() => answer(request, response));
  },
};

await mkdir(directory, { recursive: true });
for (const [name, prepare] of Object.entries(scenarios)) {
  if (only !== undefined && only !== name) continue;
  rig.provider.answer = answer;
  prepare();
  const handle = await temporal.start(
    rig.accept({}, { prompt: name }, { storageRetrySeconds: name === 'gave-up-storing' ? 2 : 600 }),
  );
  await handle.result();
  const history = historyToJSON(await handle.fetchHistory()).replaceAll(/"stackTrace": ".*"/g, '"stackTrace": ""');
  await writeFile(new URL(`${name}.json`, directory), `${history}\n`);
}
await temporal.close();
await rig.close();
await middleware.stop();
