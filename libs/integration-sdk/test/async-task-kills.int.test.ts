import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  expectNoLeakedProcesses,
  findFreePort,
  startService,
  startSimulator,
  startTestMiddleware,
  type TestMiddleware,
  type TestService,
  type TestSimulator,
} from '@darkroom/testing';
import { optionalTsToMs } from '@temporalio/common/lib/time.js';
import { type AnyAsyncTask, AsyncTaskComponent, step, TemporalAsyncTask } from '../src/tasks/index.ts';
import { fiveSteps, promptOf, stepKeys } from './mortal-tasks/five-steps.ts';
import { payOnce, promptToPayOnce } from './mortal-tasks/pay-once.ts';
import { quietRuntime } from './quiet-runtime.ts';
import { hasEnded, onTemporal, startTasks, waitForStatus } from './task-stage.ts';
import { until } from './until.ts';

const taskQueue = 'mortal';
let middleware: TestMiddleware;
let simulator: TestSimulator;

beforeAll(async () => {
  quietRuntime();
  middleware = await startTestMiddleware({ temporal: true });
  simulator = await startSimulator(middleware);
});

afterAll(async () => {
  await simulator.stop();
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

/** Connects a task that only the hosts run. */
async function connectToHosts(task: AnyAsyncTask): Promise<AsyncTaskComponent> {
  const component = new AsyncTaskComponent({ ...onTemporal(middleware.temporal), taskQueue });
  component.register(task);
  await component.connect();
  return component;
}

/** The provider takes the first call and never answers it; it would answer the next one. */
function hangOnce(prompt: string): Promise<unknown> {
  return simulator.control.plan({ match: prompt, steps: [{ fault: { kind: 'hang' } }, { latencyMs: 0 }] });
}

test('a worker that is killed at each of five steps loses no completed one: each is paid for again only where it was cut off', async () => {
  const { control } = simulator;
  const component = await connectToHosts(fiveSteps);
  for (const key of stepKeys) await hangOnce(promptOf(key));
  const taskId = await fiveSteps.submit({ providerUrl: `${simulator.url}/example/v1` });

  let host = await startHost();
  for (const [position, key] of stepKeys.entries()) {
    await until(async () => (await control.submissions(promptOf(key))).accepted > 0);
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

  const images = stepKeys.map(() => expect.stringMatching(/^img_/));
  expect(await waitForStatus(fiveSteps, taskId)).toMatchObject({
    status: 'completed',
    result: { images },
    completedSteps: stepKeys,
  });
  // One that was cut off by the kill, and one that completed.
  for (const key of stepKeys) {
    expect(await control.submissions(promptOf(key))).toMatchObject({
      accepted: 2,
      items: [{ outcome: 'hang' }, { outcome: 'answered' }],
    });
  }
  expect(await host.stop()).toEqual({ code: 0, signal: null });
  await component.stop();
});

test('a step without retries is not begun again when its worker is killed: the task has failed with `worker_lost`, paid for once', async () => {
  const { control } = simulator;
  const component = await connectToHosts(payOnce);
  await hangOnce(promptToPayOnce);
  const taskId = await payOnce.submit({ providerUrl: `${simulator.url}/example/v1` });

  const killed = await startHost();
  await until(async () => (await control.submissions(promptToPayOnce)).accepted > 0);
  await killed.kill('SIGKILL');
  const next = await startHost();
  await until(async () => hasEnded(await payOnce.getStatus(taskId)));

  expect(await payOnce.getStatus(taskId)).toMatchObject({
    status: 'failed',
    error: { code: 'worker_lost', step: 'pay' },
  });
  expect(await control.submissions(promptToPayOnce)).toMatchObject({ accepted: 1, items: [{ outcome: 'hang' }] });
  expect(await next.stop()).toEqual({ code: 0, signal: null });
  await component.stop();
});

test('a worker that lives keeps a step for longer than a lost one is waited for: it heartbeats by itself', async () => {
  // A heartbeat comes every five seconds, and may come as many seconds late.
  const lostWorkerSeconds = 11;
  const attempts: number[] = [];
  const gate = Promise.withResolvers<void>();
  const patient = new TemporalAsyncTask({
    name: 'patient',
    lostWorkerSeconds,
    retryPolicy: { initialDelay: 1 },
    task: async function* () {
      return yield* step('wait', async ({ attempt }) => {
        attempts.push(attempt);
        await gate.promise;
        return 'waited';
      });
    },
  });
  const component = await startTasks(middleware.temporal, [patient]);
  const taskId = await patient.submit({});
  const heartbeatAfterMs = async () => {
    const { raw } = await component.getClient().workflow.getHandle(taskId).describe();
    const { lastStartedTime, lastHeartbeatTime } = raw.pendingActivities?.[0] ?? {};
    return (optionalTsToMs(lastHeartbeatTime) ?? 0) - (optionalTsToMs(lastStartedTime) ?? 0);
  };
  await until(async () => attempts.length > 1 || (await heartbeatAfterMs()) > lostWorkerSeconds * 1000);
  gate.resolve();
  expect(await waitForStatus(patient, taskId)).toMatchObject({ status: 'completed', result: 'waited' });
  expect(attempts).toEqual([1]);
  await component.stop();
});
