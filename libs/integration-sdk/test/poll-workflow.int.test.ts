import { expectNoLeakedProcesses, startTestMiddleware, type TestMiddleware } from '@darkroom/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { historyLengthOf } from './history-length.ts';
import { openRig, type Rig } from './rig.ts';
import { asTaskProvider, type TaskProvider } from './task-provider.ts';
import { quietRuntime } from './quiet-runtime.ts';
import { type CallHandle, runTinyWorker, type TinyTemporal } from './temporal-worker.ts';
import { until } from './until.ts';

let middleware: TestMiddleware;
let rig: Rig;
let temporal: TinyTemporal;
let provider: TaskProvider;

beforeAll(async () => {
  quietRuntime();
  middleware = await startTestMiddleware({ temporal: true, objectStore: true });
  rig = await openRig(middleware.objectStore);
  temporal = await runTinyWorker(middleware.temporal, await rig.newContext());
});
afterAll(async () => {
  await temporal.close();
  await rig.close();
  await middleware.stop();
  await expectNoLeakedProcesses();
});
beforeEach(async () => {
  await middleware.objectStore.start();
  provider = asTaskProvider(rig.provider, rig.image);
});

const paces = {
  pollFirstSeconds: 0.05,
  pollIntervalSeconds: 0.05,
  pollWindowSeconds: 60,
  pollSlowIntervalSeconds: 0.1,
};
const patient = { ...paces, pollFirstSeconds: 600, pollIntervalSeconds: 600 };
const paint = (limits: object = paces) =>
  temporal.start(rig.accept({ ...paces, ...limits }, { prompt: 'a lighthouse' }, { operation: 'paint' }));
const callOf = (handle: CallHandle) => rig.main.call(handle.workflowId);
const typesOf = (handle: CallHandle) =>
  callOf(handle)
    .events.map(({ type }) => type)
    .filter((type) => type !== 'call.progress');
const finish = () => {
  for (const task of provider.tasks) task.state = 'succeeded';
};
const submitted = (handle: CallHandle) => until(() => typesOf(handle).includes('call.submitted'));

describe('the workflow of a polled call', () => {
  test('submits once, looks until there is a result, stores it and ends', async () => {
    const handle = await paint();
    await until(() => provider.looks() >= 3);
    expect(callOf(handle).submissions).toMatchObject([{ outcome: 'accepted', externalId: provider.tasks[0]?.id }]);
    finish();
    await handle.result();
    expect(typesOf(handle)).toEqual(['call.submitted', 'call.completed']);
    const [artifact] = callOf(handle).artifacts;
    expect(Buffer.from((await rig.objectStore.get(artifact?.objectKey ?? '')) ?? []).equals(rig.image)).toBe(true);
    expect([provider.paid(), provider.downloads]).toEqual([1, 1]);
    expect(await historyLengthOf(handle)).toBe(19);
  });

  test('has the same short history after 500 looks, in and after the expected window', async () => {
    const handle = await paint({
      pollFirstSeconds: 0.001,
      pollIntervalSeconds: 0.01,
      pollWindowSeconds: 3,
      pollSlowIntervalSeconds: 0.02,
      deadlineSeconds: 3_600,
    });
    await until(() => provider.looks() >= 500, 180_000);
    finish();
    await handle.result();
    expect(typesOf(handle)).toEqual(['call.submitted', 'call.completed']);
    expect(await historyLengthOf(handle)).toBe(19);
  });

  test('ends with what the provider says of a task that failed', async () => {
    provider.firstState = 'failed';
    const handle = await paint();
    await handle.result();
    expect(callOf(handle).events.at(-1)).toMatchObject({ data: { error: { code: 'provider_failed' } } });
  });

  test('finds the result at once on a refresh, and processes it once', async () => {
    const handle = await paint(patient);
    await submitted(handle);
    finish();
    await Promise.all([handle.signal('refresh'), handle.signal('refresh')]);
    await handle.result();
    expect(callOf(handle).status).toBe('completed');
    expect(provider.downloads).toBe(1);
    expect(callOf(handle).lateArtifacts).toEqual([]);
  });

  test('keeps a callback that comes before the submission was answered, and takes duplicates for one', async () => {
    const held = Promise.withResolvers<void>();
    provider.firstState = 'succeeded';
    provider.interfere = ({ kind, task }, response) => {
      if (kind !== 'submit') return false;
      void held.promise.then(() => response.writeHead(200).end(JSON.stringify({ id: task?.id })));
      return true;
    };
    const handle = await paint(patient);
    await until(() => provider.tasks.length === 1);
    const externalId = provider.tasks[0]?.id;
    for (let times = 0; times < 3; times += 1) await handle.signal('callback', { attempt: 1, externalId });
    held.resolve();
    await handle.result();
    expect(typesOf(handle)).toEqual(['call.submitted', 'call.completed']);
    expect([provider.paid(), provider.downloads]).toEqual([1, 1]);
  });

  test('does not look for a callback of an attempt that it never made', async () => {
    const handle = await paint(patient);
    await submitted(handle);
    await handle.signal('callback', { attempt: 7, externalId: 'task-of-nobody' });
    await handle.query('progress');
    expect(provider.looks()).toBe(0);
    finish();
    await handle.signal('refresh');
    await handle.result();
    expect(callOf(handle).status).toBe('completed');
  });

  test('does not look for a callback that says that the task goes on, and does for the one that says that it ended', async () => {
    const handle = await paint(patient);
    await submitted(handle);
    const externalId = provider.tasks[0]?.id;
    for (let times = 0; times < 3; times += 1)
      await handle.signal('callback', { attempt: 1, externalId, isFinal: false });
    await handle.query('progress');
    expect(provider.looks()).toBe(0);
    finish();
    await handle.signal('callback', { attempt: 1, externalId, isFinal: true });
    await handle.result();
    expect(callOf(handle).status).toBe('completed');
    expect(provider.looks()).toBe(1);
  });

  test('looks for a last time at the deadline, and times out naming the task', async () => {
    // A call that has got no task until then, where the machine stands still, has nothing to look at: then another is given longer.
    const paintUntilTheDeadline = async () => {
      for (const deadlineSeconds of [5, 20]) {
        const handle = await paint({ ...patient, deadlineSeconds });
        await until(() => typesOf(handle).length > 0);
        const task = provider.tasks.at(-1);
        if (typesOf(handle)[0] === 'call.submitted' && task !== undefined) return { handle, task };
      }
      throw new Error('No call has got a task before its deadline.');
    };
    // Nobody looks before, so that it may have succeeded from the beginning.
    provider.firstState = 'succeeded';
    const late = await paintUntilTheDeadline();
    provider.firstState = 'running';
    const { handle, task } = await paintUntilTheDeadline();
    await late.handle.result();
    expect(callOf(late.handle).status).toBe('completed');
    expect(late.task.looks).toBe(1);

    await handle.result();
    expect(callOf(handle).events.at(-1)).toMatchObject({
      data: {
        // It may still be charged: whoever makes it again by itself pays twice.
        error: {
          code: 'timed_out',
          retryable: false,
          message: expect.stringContaining(task.id),
        },
      },
    });
    expect(task.looks).toBe(1);
  });

  test('tolerates a provider that does not know the task right after it took it', async () => {
    let unknownFor = 6;
    provider.interfere = ({ kind }, response) => {
      if (kind !== 'look' || unknownFor === 0) return false;
      unknownFor -= 1;
      response.writeHead(404).end('{}');
      return true;
    };
    provider.firstState = 'succeeded';
    const handle = await paint();
    await handle.result();
    expect(callOf(handle).status).toBe('completed');
    expect(provider.looks()).toBe(7);
  });

  test('[P1] stores a result when storage is back, without asking the provider again', async () => {
    const handle = await paint();
    await submitted(handle);
    await middleware.objectStore.stop();
    finish();
    await until(() => callOf(handle).spool.size === 1);
    const downloads = provider.downloads;
    await middleware.objectStore.start();
    await handle.result();
    expect(callOf(handle).status).toBe('completed');
    expect([provider.paid(), provider.downloads, callOf(handle).spool.size]).toEqual([1, downloads, 0]);
  });
});
