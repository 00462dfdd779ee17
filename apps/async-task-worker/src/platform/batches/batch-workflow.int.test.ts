import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { batchWorkflowType } from '@darkroom/contract';
import { createLogger } from '@darkroom/platform-logging';
import { expectNoLeakedProcesses, startTestMiddleware, type TestMiddleware } from '@darkroom/testing';
import { type PlatformWorker, quietRuntime, runPlatformWorker } from '../../../test/platform-worker.ts';
import { createInternalApi } from '../../main-api/internal-api.ts';
import { createBatchActivities } from './batch-activities.ts';

const calls = 10_000;
let middleware: TestMiddleware;
let main: Server;
let answerOf: (asked: number) => { status: number; body: object };
let asked = 0;
const workers: PlatformWorker[] = [];

beforeAll(async () => {
  quietRuntime();
  middleware = await startTestMiddleware({ temporal: true });
  main = createServer((request, response) => {
    request.resume().on('end', () => {
      const { status, body } = answerOf((asked += 1));
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => main.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.close()));
  asked = 0;
});
afterAll(async () => {
  await new Promise((resolve) => main.close(resolve));
  await middleware.stop();
  await expectNoLeakedProcesses();
});

async function work(stopping = new AbortController()) {
  const url = `http://127.0.0.1:${(main.address() as AddressInfo).port}`;
  const logger = createLogger({ service: 'async-task-worker', level: 'silent', json: true });
  const internalApi = createInternalApi({ url, token: 'a-token-of-sixteen' });
  const worker = await runPlatformWorker(middleware.temporal, {
    ...createBatchActivities({ internalApi, logger, stopping: stopping.signal }),
  });
  workers.push(worker);
  return worker;
}

const start = ({ temporal, taskQueue }: PlatformWorker, workflowId: string) =>
  temporal.client.workflow.start(batchWorkflowType, { workflowId, taskQueue, args: [{ batchId: workflowId }] });

test('the history stays small, however many calls there are: a page of them is one activity, and some pages one run', async () => {
  const released = (count: number) => Math.min(calls, count * 50);
  answerOf = (count) => ({ status: 200, body: { isOver: released(count) === calls, released: released(count) } });
  const worker = await work();
  const handle = await start(worker, 'bat_paged');
  await handle.result();

  const runs: number[] = [];
  for (let runId: string | undefined = handle.firstExecutionRunId; runId !== undefined;) {
    const { events } = await worker.temporal.client.workflow.getHandle('bat_paged', runId).fetchHistory();
    runs.push(events?.length ?? 0);
    runId = events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId ?? undefined;
  }
  expect(asked).toBe(calls / 50);
  expect(runs).toHaveLength(2);
  expect(Math.max(...runs)).toBeLessThan(100);
});

test('main may be away: the activity asks again, without a new execution', async () => {
  answerOf = (count) =>
    count <= 2 ? { status: 503, body: {} } : { status: 200, body: { isOver: count === 4, released: count } };
  const handle = await start(await work(), 'bat_main_away');
  await handle.result();
  const { events } = await handle.fetchHistory();
  expect([asked, (events ?? []).filter((event) => event.activityTaskStartedEventAttributes)]).toEqual([
    4,
    [expect.objectContaining({ activityTaskStartedEventAttributes: expect.objectContaining({ attempt: 1 }) })],
  ]);
});

test('a worker that stops hands its batches over at once', async () => {
  const stopping = new AbortController();
  const stopped = once(stopping.signal, 'abort');
  answerOf = (count) => {
    if (count === 3) stopping.abort();
    return { status: 200, body: { isOver: count > 5, released: 1 } };
  };
  const handle = await start(await work(stopping), 'bat_handed_over');
  await stopped;
  await workers.pop()?.close();
  const second = await work();
  await second.temporal.client.workflow.getHandle(handle.workflowId).result();
  expect(asked).toBe(6);
});

test('a batch that main does not know is over', async () => {
  answerOf = () => ({ status: 404, body: {} });
  await (await start(await work(), 'bat_unknown')).result();
  expect(asked).toBe(1);
});
