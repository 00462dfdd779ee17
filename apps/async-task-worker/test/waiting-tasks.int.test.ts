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
