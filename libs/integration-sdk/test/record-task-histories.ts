import { mkdir, writeFile } from 'node:fs/promises';
import type { OperationLimits } from '@darkroom/contract';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { fast, openPollStage, patient } from './poll-stage.ts';
import { quietRuntime } from './quiet-runtime.ts';
import type { CallHandle } from './temporal-worker.ts';
import { until } from './until.ts';
import { waitsForProof } from './waits-for-proof.ts';

/** Records the histories of polled calls that call-workflow.replay.test.ts replays. Run it, with `--conditions=@darkroom/source`, only to add one: an old one must go on replaying. */
const directory = new URL('./__fixtures__/histories/', import.meta.url);
const only = process.argv[2];

quietRuntime();
const stage = await openPollStage();
const finish = () => {
  for (const task of stage.provider.tasks) task.state = 'succeeded';
};
const unanswered = (when: 'refuse' | 'interfere') => {
  let left = 1;
  stage.provider[when] = ({ kind }, response) => {
    if (kind !== 'submit' || left === 0) return false;
    left -= 1;
    response.socket?.destroy();
    return true;
  };
};

interface Scenario {
  limits: Partial<OperationLimits>;
  prepare?: () => void;
  act?: (handle: CallHandle) => Promise<void>;
}
const wishThenProve = (wish: 'refresh' | 'cancel') => async (handle: CallHandle) => {
  await waitsForProof(handle);
  await (wish === 'cancel' ? stage.cancel(handle) : handle.signal(wish));
  await handle.query('progress');
  finish();
  await handle.signal('callback', { attempt: 1, externalId: stage.provider.tasks[0]?.id });
};
const scenarios: Record<string, Scenario> = {
  'task-completed-by-looks': { limits: fast, act: async (handle) => stage.submitted(handle).then(finish) },
  'task-refreshed': {
    limits: patient,
    async act(handle) {
      await stage.submitted(handle);
      await handle.signal('refresh');
      await until(() => stage.provider.looks() === 1);
      finish();
      await handle.signal('callback', { attempt: 1, externalId: stage.provider.tasks[0]?.id });
    },
  },
  'task-timed-out': { limits: { ...patient, deadlineSeconds: 1 } },
  'task-cancelled': {
    limits: patient,
    prepare: () => {
      stage.provider.firstState = 'queued';
    },
    act: async (handle) => stage.submitted(handle).then(() => stage.cancel(handle)),
  },
  'task-not-to-be-cancelled': {
    limits: fast,
    async act(handle) {
      await stage.submitted(handle);
      await stage.cancel(handle);
      await until(() => stage.eventTypes(handle).includes('call.cancel_result'));
      finish();
    },
  },
  'task-stored-when-storage-was-back': {
    limits: fast,
    async act(handle) {
      await stage.submitted(handle);
      await stage.middleware.objectStore.stop();
      finish();
      await until(() => stage.rig.main.call(handle.workflowId).spool.size === 1);
      await stage.middleware.objectStore.start();
    },
  },
  'task-proved-by-callback': {
    limits: patient,
    prepare: () => {
      unanswered('interfere');
      stage.provider.firstState = 'succeeded';
    },
    async act(handle) {
      await until(() => stage.eventTypes(handle).includes('call.submission_unknown'));
      await handle.signal('callback', { attempt: 1, externalId: stage.provider.tasks[0]?.id });
    },
  },
  'task-proved-absent': {
    limits: fast,
    prepare: () => {
      unanswered('refuse');
      stage.provider.firstState = 'succeeded';
    },
  },
  // These two were recorded when what is wished during the search was left for later.
  'task-refreshed-while-found-out': {
    limits: patient,
    prepare: () => unanswered('interfere'),
    act: wishThenProve('refresh'),
  },
  'task-cancelled-while-found-out': {
    limits: patient,
    prepare: () => unanswered('interfere'),
    act: wishThenProve('cancel'),
  },
  'task-list-asked-again': { limits: patient, prepare: () => unanswered('interfere'), act: wishThenProve('refresh') },
  'task-cancel-put-off': { limits: patient, prepare: () => unanswered('interfere'), act: wishThenProve('cancel') },
  'task-asked-about-at-the-deadline': {
    limits: { ...patient, deadlineSeconds: 3 },
    prepare: () => unanswered('interfere'),
  },
  'task-never-proved': { limits: { ...patient, deadlineSeconds: 3 }, prepare: () => unanswered('interfere') },
};

await mkdir(directory, { recursive: true });
for (const [name, { limits, prepare, act }] of Object.entries(scenarios)) {
  if (only !== undefined && only !== name) continue;
  await stage.reset();
  prepare?.();
  const handle = await stage.paint(limits);
  await act?.(handle);
  await handle.result();
  const history = historyToJSON(await handle.fetchHistory()).replaceAll(/"stackTrace": ".*"/g, '"stackTrace": ""');
  await writeFile(new URL(`${name}.json`, directory), `${history}\n`);
}
await stage.close();
