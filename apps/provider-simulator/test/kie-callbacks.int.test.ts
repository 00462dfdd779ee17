import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { webhookSignature } from '../src/providers/kie/webhook-signature.ts';
import { startReceiver, type CallbackReceiver, type ReceivedCallback } from './callback-receiver.ts';
import { postJson, startSimulator, type RunningSimulator } from './running-simulator.ts';
import { until } from './until.ts';

let simulator: RunningSimulator;
let receiver: CallbackReceiver;

beforeAll(async () => {
  simulator = await startSimulator();
  receiver = await startReceiver();
});
afterAll(async () => {
  await simulator.stop();
  await receiver.stop();
});

/** Creates a task that is over at once and waits for its callback. */
async function calledBack({ prompt, model = 'nano-banana-2', fault }: Wanted): Promise<ReceivedCallback> {
  await simulator.plan({ match: prompt, taskMs: 0, ...(fault !== undefined && { fault }) });
  const path = `/hooks/${encodeURIComponent(prompt)}`;
  const body = { model, callBackUrl: new URL(path, receiver.url).href, input: { prompt } };
  await postJson(`${simulator.origin}/kie/api/v1/jobs/createTask`, body, { authorization: 'Bearer k' });
  return until(() => receiver.received.find((callback) => callback.path === path));
}

interface Wanted {
  readonly prompt: string;
  readonly model?: string;
  readonly fault?: object | string;
}

const read = ({ body }: ReceivedCallback) => JSON.parse(body) as { data: { taskId: string; param: string } };

/** Checked here by the formula, not by the code that signs. */
function isGenuine({ headers }: ReceivedCallback, taskId: string): boolean {
  const signed = `${taskId}.${String(headers['x-webhook-timestamp'])}`;
  const expected = createHmac('sha256', 'simulator-webhook-key').update(signed).digest('base64');
  return headers['x-webhook-signature'] === expected;
}

test("signs the vendor's test vector as the vendor does", () => {
  const signature = webhookSignature('test-hmac-key', 'e989621f54392584b05867f87b160672', 1755599644);
  expect(signature).toBe('kGfzKMHgRHrmJ1Po2yBhO7aC8gQkULOjzVpTAVcZ6DA=');
});

test('calls back when a task succeeded: signed, the input encoded twice, the time in seconds', async () => {
  const callback = await calledBack({ prompt: 'a success' });
  const { data } = read(callback);
  expect(JSON.parse(callback.body)).toMatchObject({
    code: 200,
    msg: 'Playground task completed successfully.',
    data: {
      state: 'success',
      resultJson: expect.stringMatching(/^\{"resultUrls":\["http/),
      costTime: 0,
      creditsConsumed: 5,
    },
  });
  const param = JSON.parse(data.param) as { input: string };
  expect(JSON.parse(param.input)).toEqual({ prompt: 'a success' });
  expect(isGenuine(callback, data.taskId)).toBe(true);
  expect(Number(callback.headers['x-webhook-timestamp'])).toBeGreaterThan(Date.now() / 1000 - 60);
});

test('calls back when a task failed, with code 501 and the failure as a text', async () => {
  const callback = await calledBack({ prompt: 'a failure', fault: 'task_failed' });
  expect(JSON.parse(callback.body)).toMatchObject({
    code: 501,
    msg: 'Playground task failed.',
    data: { state: 'fail', failCode: '500', creditsConsumed: 0 },
  });
});

test('writes callbacks of an old model in the old way: message, task_id, an input object, the balance', async () => {
  const { body } = await calledBack({ prompt: 'an old model', model: 'google/nano-banana' });
  const { message, data } = JSON.parse(body) as { message: string; data: Record<string, unknown> };
  expect(message).toMatch('completed');
  expect(data).toMatchObject({ task_id: expect.any(String), consumeCredits: 5, remainedCredits: 95 });
  expect(data).not.toHaveProperty('taskId');
  expect(JSON.parse(String(data['param']))).toMatchObject({ input: { prompt: 'an old model' } });
});

test.each(['wrong_signature', 'unsigned', 'stale_timestamp'])('forges a callback: %s', async (how) => {
  const prompt = `forged: ${how}`;
  await simulator.plan({ match: prompt, on: 'callback', fault: { kind: 'callback_forged', how } });
  const callback = await calledBack({ prompt });
  const { taskId } = read(callback).data;
  expect(isGenuine(callback, taskId)).toBe(how === 'stale_timestamp');
  expect('x-webhook-signature' in callback.headers).toBe(how !== 'unsigned');
  const age = Date.now() / 1000 - Number(callback.headers['x-webhook-timestamp'] ?? Number.NaN);
  expect(age > 300).toBe(how === 'stale_timestamp');
});
