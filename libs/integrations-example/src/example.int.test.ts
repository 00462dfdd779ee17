import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createCallsClient, expectNoLeakedProcesses, startStack, type Stack } from '@darkroom/testing';
import { outputSchema } from './output.schema.ts';

const integration = 'example';
const shared = { ENABLED_INTEGRATIONS: integration };
let stack: Stack;

beforeAll(async () => {
  stack = await startStack({ denyList: '', mainEnvironment: shared, workerEnvironment: shared });
});

afterAll(async () => {
  await stack?.stop();
  await expectNoLeakedProcesses();
});

describe.each(['text-to-image', 'text-to-image-polled', 'text-to-image-callback'])('%s', (operation) => {
  test('draws an image, for one payment', async () => {
    const prompt = `${operation}: a lighthouse`;
    const { id } = await stack.submit({ integration, operation, prompt });
    const call = await stack.waitForEnd(id);
    expect(call).toMatchObject({ status: 'completed', submissions: { claimed: 1, accepted: 1, unknown: 0 } });
    expect(outputSchema.parse(call.output).images).toMatchObject([
      { width: 512, height: 512, contentType: 'image/png' },
    ]);
    expect(await stack.control.submissions(prompt)).toMatchObject({ accepted: 1 });
  });

  test('says why there is none', async () => {
    const prompt = `${operation}: blocked`;
    await stack.control.plan({ match: prompt, fault: { kind: 'content_block', where: 'output' } });
    const { id } = await stack.submit({ integration, operation, prompt });
    expect(await stack.waitForEnd(id)).toMatchObject({ status: 'failed', error: { code: 'content_rejected' } });
  });
});

test('a job that is called back about ends before it would be looked at', async () => {
  const prompt = 'called back: a lighthouse';
  const operation = 'text-to-image-callback';
  // Nobody looks on its own before the test is over.
  const limits = JSON.stringify({ [`${integration}/${operation}`]: { pollFirstSeconds: 600 } });
  const patient = await stack.addMain({ ...shared, OPERATION_LIMITS: limits });
  const { id } = await createCallsClient(patient.url).submit({ integration, operation, prompt });
  expect(await stack.waitForEnd(id)).toMatchObject({ status: 'completed' });
});

test('a job whose callback is lost is found by looking', async () => {
  const prompt = 'not called back: a lighthouse';
  await stack.control.plan({ match: prompt, on: 'callback', fault: { kind: 'callback_missing' } });
  const { id } = await stack.submit({ integration, operation: 'text-to-image-callback', prompt });
  expect(await stack.waitForEnd(id)).toMatchObject({ status: 'completed' });
});

test('a task that waits is cancelled unpaid', async () => {
  const prompt = 'cancelled: a lighthouse';
  await stack.control.plan({ match: prompt, taskMs: 120_000 });
  const { id } = await stack.submit({ integration, operation: 'text-to-image-polled', prompt });
  await stack.waitFor(id, ({ waitingFor }) => waitingFor === 'provider');
  await fetch(`${stack.main.url}/v1/calls/${id}/cancel`, { method: 'POST' });
  expect(await stack.waitForEnd(id)).toMatchObject({ status: 'cancelled' });
  expect((await stack.events(id)).at(-1)).toMatchObject({ data: { billing: 'not_charged' } });
});
