import { AsyncTaskComponent, TemporalAsyncTask } from '@darkroom/integration-sdk/tasks';
import { createAsyncTasks } from '@darkroom/integrations-example/worker';
import { loadSettings } from '@darkroom/platform-config';
import { openTemporaryFiles } from '@darkroom/platform-files';
import { connectWorker, taskQueueSettings } from '@darkroom/platform-temporal';
import { expectNoLeakedProcesses, sharedTemporaryDirectory, type Stack, startStack, until } from '@darkroom/testing';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createWorkerTasks, type EquippedIntegration } from '../src/tasks/create-worker-tasks.ts';
import { createRunningActivities } from '../src/temporal/running-activities.ts';
import { quietRuntime } from './platform-worker.ts';

let stack: Stack;

beforeAll(async () => {
  quietRuntime();
  stack = await startStack({
    denyList: '',
    mainEnvironment: { OPERATION_LIMITS: JSON.stringify({ example: { deadlineSeconds: 3_600 } }) },
    workerEnvironment: { WORKER_INTEGRATIONS: 'example' },
  });
});
afterAll(async () => {
  await stack.stop();
  await expectNoLeakedProcesses();
});

const worker = () => {
  const [first] = stack.workers;
  if (!first) throw new Error('The stack has no worker.');
  return first;
};

/** Submits a call whose provider works on it until it is told to finish, and waits until it is only waited for. */
async function submitAndWait(prompt: string) {
  await stack.control.plan({ match: prompt, taskMs: 3_600_000 });
  const { id } = await stack.submit({ prompt, integration: 'example', operation: 'text-to-image-polled' });
  // It waits for the provider while it submits, too.
  await stack.waitFor(id, ({ waitingFor, submissions }) => waitingFor === 'provider' && submissions.accepted === 1);
  const submission = async () => (await stack.control.submissions(prompt)).items[0];
  return { id, submission, finish: async () => stack.control.finishTask((await submission())?.taskId ?? '') };
}

test('[P1] a stop does not wait for tasks of the provider: the next worker goes on, and nothing is paid twice', async () => {
  const prompt = 'drawn by a provider while the worker is away';
  const call = await submitAndWait(prompt);
  expect(await worker().service.stop()).toEqual({ code: 0, signal: null });
  await worker().start();
  await call.finish();
  expect(await stack.waitForEnd(call.id)).toMatchObject({
    status: 'completed',
    submissions: { claimed: 1, accepted: 1, unknown: 0 },
  });
  expect(await stack.control.submissions(prompt)).toMatchObject({ accepted: 1 });
});

test('metrics tell how a provider was asked', async () => {
  const call = await submitAndWait('asked for a while');
  await call.finish();
  await stack.waitForEnd(call.id);
  const metrics = await (await fetch(`${worker().url}/metrics`)).text();
  expect(metrics).toMatch(/darkroom_worker_provider_queries_total\{integration="example",result="200"\} [1-9]/);
  expect(metrics).toContain('darkroom_worker_looks_waiting{integration="example"} 0');
});

/** What became of a task: its status once it has ended. */
async function waitUntilEnded<Result>(task: TemporalAsyncTask<never, Result>, taskId: string) {
  return until('the task has ended', async () => {
    const status = await task.getStatus(taskId);
    return status.completedAt !== undefined && status;
  });
}

test('the asynchronous tasks of an integration run in its worker: submitted by another process, they answer what they stored', async () => {
  const [contactSheet] = createAsyncTasks({} as Parameters<typeof createAsyncTasks>[0]);
  const { address, namespace } = stack.middleware.temporal;
  const component = new AsyncTaskComponent({ temporalAddress: address, namespace });
  component.register(contactSheet);
  await component.connect();

  const taskId = await contactSheet.submit({ prompts: ['a lighthouse', 'a whale'] });
  const objectKey = `artifacts/tasks/${taskId}/contact-sheet.txt`;
  expect(await waitUntilEnded(contactSheet, taskId)).toMatchObject({
    status: 'completed',
    result: { objectKey, prompts: 2 },
    completedSteps: ['write', 'store'],
  });
  expect(worker().logs()).toContain('example_contact_sheet on example-async-tasks');
  await component.stop();
});

test('a task that no definition declares runs where neither the worker nor who submits it names a queue', async () => {
  const { address, namespace } = stack.middleware.temporal;
  const newShout = () =>
    new TemporalAsyncTask({ name: 'shout', task: async ({ text }: { text: string }) => text.toUpperCase() });
  const running = await runOffered(newShout());
  const component = new AsyncTaskComponent({ temporalAddress: address, namespace });
  const shout = newShout();
  component.register(shout);
  await component.connect();
  try {
    const taskId = await shout.submit({ text: 'a whale' });
    expect(await waitUntilEnded(shout, taskId)).toMatchObject({ status: 'completed', result: 'A WHALE' });
  } finally {
    await component.stop();
    await running.stop();
  }
});

/** Runs a task as a worker process does whose one integration offers it, with the settings of queues where none is set. */
async function runOffered(task: TemporalAsyncTask) {
  const { address, namespace } = stack.middleware.temporal;
  const temporaryFiles = await openTemporaryFiles(sharedTemporaryDirectory);
  const connection = await connectWorker({ address });
  const tasks = createWorkerTasks({
    config: {
      ...loadSettings({ taskQueue: taskQueueSettings }, {}),
      temporal: { address, namespace },
      worker: {},
    } as Parameters<typeof createWorkerTasks>[0]['config'],
    integrations: [
      {
        definition: { name: 'tiny', tasks: {} },
        packageName: '@darkroom/integrations-tiny',
        secrets: [],
        side: { createAsyncTasks: () => [task] },
      } as unknown as EquippedIntegration,
    ],
    sharesTaskQueue: false,
    temporaryFiles,
    running: createRunningActivities(),
  });
  const stopping = new AbortController();
  const run = tasks.run(connection, stopping.signal);
  return {
    async stop() {
      stopping.abort();
      await run;
      await connection.close();
      await temporaryFiles.close();
    },
  };
}

test('a call is followed with the credentials that submitted it, after they have changed', async () => {
  const settings = { MOCK_EXTERNAL_APIS: 'false', EXAMPLE_EXTERNAL_BASE_URL: `${stack.simulator.url}/example/v1` };
  await worker().service.stop();
  await worker().start({ ...settings, EXAMPLE_EXTERNAL_API_KEY: 'key-of-before' });
  const call = await submitAndWait('drawn while the key changes');
  await worker().service.stop();
  await worker().start({
    EXAMPLE_EXTERNAL_API_KEY: 'key-of-today',
    EXAMPLE_EXTERNAL_API_KEY_PREVIOUS: 'key-of-before',
  });
  await call.finish();
  expect(await stack.waitForEnd(call.id)).toMatchObject({ status: 'completed' });
  expect(worker().logs()).not.toMatch(/key-of-(before|today)/);
});
