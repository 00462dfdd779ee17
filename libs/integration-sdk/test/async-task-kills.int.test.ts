import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  expectNoLeakedProcesses,
  findFreePort,
  startService,
  startTestMiddleware,
  type TestMiddleware,
  type TestService,
} from '@darkroom/testing';
import { AsyncTaskComponent } from '../src/tasks/index.ts';
import { fiveSteps, stepKeys } from './mortal-tasks/five-steps.ts';
import { quietRuntime } from './quiet-runtime.ts';
import { onTemporal, waitForStatus } from './task-stage.ts';
import { until } from './until.ts';

const taskQueue = 'mortal';
let middleware: TestMiddleware;
let server: Server;
let serverUrl: string;
/** How often each step was called, in whatever process; the first call of each is never answered. */
const calls = new Map<string, number>();
const unanswered: ServerResponse[] = [];

beforeAll(async () => {
  quietRuntime();
  middleware = await startTestMiddleware({ temporal: true });
  server = createServer((request, response) => {
    const key = request.url?.split('/').at(-1) ?? '';
    const times = (calls.get(key) ?? 0) + 1;
    calls.set(key, times);
    if (times === 1) unanswered.push(response);
    else response.end(`${key}, call ${times}`);
  }).listen(0, '127.0.0.1');
  await until(() => server.listening);
  serverUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await middleware.stop();
  await expectNoLeakedProcesses();
});

let processes = 0;
async function startHost(): Promise<TestService> {
  const port = await findFreePort();
  return startService({
    name: `task-host-${(processes += 1)}`,
    entry: 'libs/integration-sdk/test/mortal-tasks/host.ts',
    env: { TEMPORAL_ADDRESS: middleware.temporal.address, TASK_QUEUE: taskQueue, PORT: String(port) },
    port,
  });
}

test('a worker that is killed at each of five steps loses no completed one: each is called again only where it was cut off', async () => {
  const component = new AsyncTaskComponent({ ...onTemporal(middleware.temporal), taskQueue });
  component.register(fiveSteps);
  await component.connect();
  const taskId = await fiveSteps.submit({ serverUrl });

  let host = await startHost();
  for (const [position, key] of stepKeys.entries()) {
    await until(() => calls.has(key), 40_000);
    // The next process takes over whatever step it is: the test kills it at the step after this one.
    await host.kill('SIGKILL');
    const before = stepKeys.slice(0, position);
    expect(await fiveSteps.getStatus(taskId)).toMatchObject({
      status: 'processing',
      currentStep: key,
      ...(before.length > 0 && { completedSteps: before }),
    });
    host = await startHost();
  }

  const status = await waitForStatus(fiveSteps, taskId);
  expect(status).toMatchObject({
    status: 'completed',
    result: { answers: stepKeys.map((key) => `${key}, call 2`) },
    completedSteps: stepKeys,
  });
  // One that was cut off by the kill, and one that completed.
  expect(Object.fromEntries(calls)).toEqual(Object.fromEntries(stepKeys.map((key) => [key, 2])));
  expect(unanswered).toHaveLength(stepKeys.length);
  expect(await host.stop()).toEqual({ code: 0, signal: null });
  await component.stop();
}, 120_000);
