import type { CallReport } from '@darkroom/contract';
import { expectNoLeakedProcesses, startTestMiddleware, type TestMiddleware } from '@darkroom/testing';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { historyLengthOf } from './history-length.ts';
import { openRig, type Rig, secret } from './rig.ts';
import { quietRuntime } from './quiet-runtime.ts';
import { type CallHandle, runTinyWorker, type TinyTemporal } from './temporal-worker.ts';
import { until } from './until.ts';

let middleware: TestMiddleware;
let rig: Rig;
let temporal: TinyTemporal;

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

let answer: Rig['provider']['answer'];
beforeEach(async () => {
  answer ??= rig.provider.answer;
  rig.provider.answer = answer;
  rig.provider.paid = 0;
  await middleware.objectStore.start();
});

const statusOf = (handle: CallHandle) => rig.main.call(handle.workflowId).status;
const typesOf = (report: CallReport | null) => report?.events.map(({ type }) => type);
const scheduled = async (handle: CallHandle) =>
  ((await handle.fetchHistory()).events ?? []).flatMap(
    ({ activityTaskScheduledEventAttributes: attributes }) => attributes?.activityType?.name ?? [],
  );

describe('the workflow of a call', () => {
  test('is one activity; its return value is the last report; it tells its progress', async () => {
    const handle = await temporal.start(rig.accept());
    expect(typesOf(await handle.result())).toEqual(['call.submitted', 'call.completed']);
    expect(await scheduled(handle)).toEqual(['drawAndStore']);
    expect(await handle.query('progress')).toEqual({ step: 'done', attempt: 1 });
    expect(await historyLengthOf(handle)).toBe(11);
  });

  test('[P6] has no secret in its history, also where the provider repeats it', async () => {
    rig.provider.answer = (request, response) =>
      void response.writeHead(422).end(`bad key ${request.headers.authorization}`);
    const handle = await temporal.start(rig.accept());
    await handle.result();
    const history = historyToJSON(await handle.fetchHistory());
    const payloads = [...history.matchAll(/"data": "([^"]*)"/g)]
      .map(([, data = '']) => Buffer.from(data, 'base64').toString())
      .join('\n');
    expect(payloads).toContain('bad key [secret]');
    expect(history + payloads).not.toContain(secret);
  });

  test('makes the next attempt where the provider asks for it, and stops at the limit', async () => {
    const refusals = [429, 429];
    rig.provider.answer = (request, response) => {
      const status = refusals.shift();
      if (status === undefined) answer(request, response);
      else response.writeHead(status).end('{}');
    };
    const handle = await temporal.start(rig.accept());
    await handle.result();
    const call = rig.main.call(handle.workflowId);
    expect(call.submissions.map(({ attempt, outcome }) => [attempt, outcome])).toEqual([
      [1, 'refused'],
      [2, 'refused'],
      [3, 'accepted'],
    ]);

    rig.provider.answer = (_request, response) => void response.writeHead(429).end('{}');
    const hopeless = await temporal.start(rig.accept());
    expect(typesOf(await hopeless.result())).toEqual(['call.submission_refused', 'call.failed']);
    expect(rig.main.call(hopeless.workflowId).submissions).toHaveLength(3);
  });

  test("[P2] an operator's cancellation does not abort what is paid for", async () => {
    const cancelled = Promise.withResolvers<void>();
    rig.provider.answer = (request, response) => void cancelled.promise.then(() => answer(request, response));
    const handle = await temporal.start(rig.accept());
    await until(() => rig.provider.paid === 1);
    await handle.cancel();
    cancelled.resolve();
    expect(typesOf(await handle.result())).toEqual(['call.submitted', 'call.completed']);
    expect(rig.provider.paid).toBe(1);
  });

  test('[P1] an image that could not be stored is stored when storage is back, without paying again', async () => {
    rig.provider.answer = (request, response) =>
      void middleware.objectStore.stop().then(() => answer(request, response));
    const handle = await temporal.start(rig.accept());
    await until(() => rig.main.call(handle.workflowId).spool.size === 1);
    expect(await handle.query('progress')).toMatchObject({ attempt: 1 });
    await middleware.objectStore.start();
    expect(typesOf(await handle.result())).toEqual(['call.completed']);
    expect(await scheduled(handle)).toEqual(['drawAndStore', 'storeDrawing']);
    expect(statusOf(handle)).toBe('completed');
    expect(rig.main.call(handle.workflowId).spool.size).toBe(0);
    expect(rig.provider.paid).toBe(1);
  });

  test('gives up storing after its window, says why, and leaves the answer in the spool', async () => {
    rig.provider.answer = (request, response) =>
      void middleware.objectStore.stop().then(() => answer(request, response));
    const handle = await temporal.start(rig.accept({}, { prompt: 'x' }, { storageRetrySeconds: 2 }));
    const report = await handle.result();
    expect(report?.events).toMatchObject([
      {
        type: 'call.failed',
        data: { error: { code: 'storage_unavailable', message: expect.stringContaining('within 2 s') } },
      },
    ]);
    expect(statusOf(handle)).toBe('failed');
    expect(rig.main.call(handle.workflowId).spool.size).toBe(1);
  });

  test('returns nothing where the call had ended before', async () => {
    const call = rig.accept();
    rig.main.call(call.callId).status = 'failed';
    expect(await (await temporal.start(call)).result()).toBeNull();
    expect(rig.provider.paid).toBe(0);
  });
});
