import { AsyncTaskComponent } from '@darkroom/integration-sdk/tasks';
import type { IntegrationContext } from '@darkroom/integration-sdk/worker';
import { createAsyncTasks } from '@darkroom/integrations-example/worker';
import { expectNoLeakedProcesses, type Stack, startStack } from '@darkroom/testing';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

let stack: Stack;

beforeAll(async () => {
  stack = await startStack({ denyList: '', workerEnvironment: { WORKER_INTEGRATIONS: 'example' } });
}, 120_000);
afterAll(async () => {
  await stack.stop();
  await expectNoLeakedProcesses();
});

const worker = () => {
  const [first] = stack.workers;
  if (!first) throw new Error('The stack has no worker.');
  return first;
};

/** Submits a call whose provider works on it for so long, and waits until it is only waited for. */
async function submitAndWait(prompt: string, taskMs: number) {
  await stack.control.plan({ match: prompt, taskMs });
  const call = await stack.submit({ prompt, integration: 'example', operation: 'text-to-image-polled' });
  await stack.waitFor(call.id, ({ waitingFor }) => waitingFor === 'provider');
  return call;
}

test('[P1] a stop does not wait for tasks of the provider: the next worker goes on, and nothing is paid twice', async () => {
  const prompt = 'drawn by a provider while the worker is away';
  const call = await submitAndWait(prompt, 15_000);
  const askedAt = Date.now();
  expect(await worker().service.stop()).toEqual({ code: 0, signal: null });
  expect(Date.now() - askedAt).toBeLessThan(10_000);
  await worker().start();
  expect(await stack.waitForEnd(call.id)).toMatchObject({
    status: 'completed',
    submissions: { claimed: 1, accepted: 1, unknown: 0 },
  });
  expect(await stack.control.submissions(prompt)).toMatchObject({ accepted: 1 });
});

test('metrics tell how a provider was asked', async () => {
  const call = await submitAndWait('asked for a while', 3_000);
  await stack.waitForEnd(call.id);
  const metrics = await (await fetch(`${worker().url}/metrics`)).text();
  expect(metrics).toMatch(/darkroom_worker_provider_queries_total\{integration="example",result="200"\} [1-9]/);
  expect(metrics).toContain('darkroom_worker_looks_waiting{integration="example"} 0');
});

test('the asynchronous tasks of an integration run in its worker: submitted by another process, they answer what they stored', async () => {
  const [contactSheet] = createAsyncTasks({} as IntegrationContext);
  if (!contactSheet) throw new Error('The example has no asynchronous task.');
  const { address, namespace } = stack.middleware.temporal;
  const component = new AsyncTaskComponent({ temporalAddress: address, namespace });
  component.register(contactSheet);
  await component.connect();

  const taskId = await contactSheet.submit({ prompts: ['a lighthouse', 'a whale'] });
  let status = await contactSheet.getStatus(taskId);
  for (let looks = 0; status.completedAt === undefined && looks < 200; looks += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    status = await contactSheet.getStatus(taskId);
  }
  const objectKey = `artifacts/tasks/${taskId}/contact-sheet.txt`;
  expect(status).toMatchObject({
    status: 'completed',
    result: { objectKey, prompts: 2 },
    completedSteps: ['write', 'store'],
  });
  expect(worker().logs()).toContain('example_contact_sheet on async-tasks');
  await component.stop();
});

test('a call is followed with the credentials that submitted it, after they have changed', async () => {
  const settings = { MOCK_EXTERNAL_APIS: 'false', EXAMPLE_EXTERNAL_BASE_URL: `${stack.simulator.url}/example/v1` };
  await worker().service.stop();
  await worker().start({ ...settings, EXAMPLE_EXTERNAL_API_KEY: 'key-of-before' });
  const call = await submitAndWait('drawn while the key changes', 8_000);
  await worker().service.stop();
  await worker().start({
    EXAMPLE_EXTERNAL_API_KEY: 'key-of-today',
    EXAMPLE_EXTERNAL_API_KEY_PREVIOUS: 'key-of-before',
  });
  expect(await stack.waitForEnd(call.id)).toMatchObject({ status: 'completed' });
  expect(worker().logs()).not.toMatch(/key-of-(before|today)/);
});
