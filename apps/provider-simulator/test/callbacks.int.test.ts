import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startReceiver, type CallbackReceiver } from './callback-receiver.ts';
import { finishTask, postJson, startSimulator, type RunningSimulator } from './running-simulator.ts';
import { arkVideo, cancel, exampleJobs, look, lookUntil, submit, submitted } from './task-client.ts';
import type { TaskAnswer, TaskClient } from './task-client.ts';
import { until } from './until.ts';

let simulator: RunningSimulator;
let receiver: CallbackReceiver;
let prompts = 0;

beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.stop());
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(() => receiver.stop());

const apiKey = 'key-of-a-test';
const sessionOf = (client: TaskClient) => ({ client, origin: simulator.origin, apiKey });
const signatureOf = (id: string, key = apiKey) => `sha256=${createHmac('sha256', key).update(id).digest('hex')}`;
const statesOf = () => receiver.received.map(({ body }) => (JSON.parse(body) as TaskAnswer).status);

async function submitWith(client: TaskClient, fault: object | string | undefined, taskMs = 100): Promise<string> {
  prompts += 1;
  const match = `prompt number ${prompts};`;
  await simulator.plan({ match, taskMs });
  if (fault !== undefined) await simulator.plan({ match, on: 'callback', fault });
  return submitted(sessionOf(client), match, receiver.url);
}

const submissionOf = async (id: string) => {
  const { items } = await simulator.submissions();
  const tasks = items as unknown as { taskId?: string; callbacks: object[]; isCallingBack: boolean }[];
  return tasks.find((item) => item.taskId === id);
};
const callbacksOf = async (id: string) => (await submissionOf(id))?.callbacks;

describe('the example provider', () => {
  test('calls back once a job has ended, signed by the key', async () => {
    const id = await submitWith(exampleJobs, undefined);
    const [callback] = await receiver.waitFor(1);
    expect(callback?.path).toBe('/callbacks/example/token-of-a-call');
    expect(JSON.parse(callback?.body ?? '')).toEqual({ id, status: 'succeeded' });
    expect(callback?.headers['x-example-signature']).toBe(signatureOf(id));
    const callbacks = await until(async () => {
      const sent = await callbacksOf(id);
      return sent && sent.length > 0 ? sent : undefined;
    });
    expect(callbacks).toEqual([{ state: 'succeeded', at: expect.any(String), status: 200 }]);
  });

  test('calls back a job that was cancelled before its time', async () => {
    const id = await submitWith(exampleJobs, undefined, 3_600_000);
    await cancel(sessionOf(exampleJobs), id);
    await receiver.waitFor(1);
    expect(statesOf()).toEqual(['cancelled']);
  });

  test('sends again what was not answered with success', async () => {
    receiver.answerWith(503, 404);
    await submitWith(exampleJobs, undefined);
    await receiver.waitFor(3);
    expect(statesOf()).toEqual(['succeeded', 'succeeded', 'succeeded']);
  });

  test('leaves a callback out', async () => {
    const missing = await submitWith(exampleJobs, 'callback_missing');
    await lookUntil(sessionOf(exampleJobs), missing, 'succeeded');
    await submitWith(exampleJobs, undefined);
    await receiver.waitFor(1);
    expect(receiver.received).toHaveLength(1);
    expect(await callbacksOf(missing)).toEqual([]);
  });

  test('repeats a callback', async () => {
    await submitWith(exampleJobs, { kind: 'callback_duplicate', times: 3 });
    await receiver.waitFor(4);
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
  });

  test('tells whether more callbacks may come, until the last one is answered', async () => {
    const id = await submitWith(exampleJobs, { kind: 'callback_duplicate', times: 2 }, 3_600_000);
    expect(await submissionOf(id)).toMatchObject({ isCallingBack: true });
    await finishTask(simulator.origin, id);
    const all = await until(async () => {
      const submission = await submissionOf(id);
      return submission?.isCallingBack === false ? submission.callbacks : undefined;
    });
    expect(all).toHaveLength(3);
  });

  test('calls back late', async () => {
    const submittedAt = Date.now();
    await submitWith(exampleJobs, { kind: 'callback_late', afterMs: 500 }, 100);
    await receiver.waitFor(1);
    // Two timers, each of which may be a little early.
    expect((receiver.received[0]?.at ?? 0) - submittedAt).toBeGreaterThan(590);
  });

  test('calls back before the submission is answered', async () => {
    const id = await submitWith(exampleJobs, 'callback_early', 3_600_000);
    expect(receiver.received).toHaveLength(1);
    expect(JSON.parse(receiver.received[0]?.body ?? '')).toEqual({ id, status: 'succeeded' });
    expect(await look(sessionOf(exampleJobs), id)).toMatchObject({ status: 'succeeded' });
  });

  test('forges a signature, or leaves it out', async () => {
    const id = await submitWith(exampleJobs, 'callback_forged');
    await receiver.waitFor(1);
    expect(receiver.received[0]?.headers['x-example-signature']).toMatch(/^sha256=[0-9a-f]{64}$/);
    expect(receiver.received[0]?.headers['x-example-signature']).not.toBe(signatureOf(id));
    await submitWith(exampleJobs, { kind: 'callback_forged', how: 'unsigned' });
    await receiver.waitFor(2);
    expect(receiver.received[1]?.headers).not.toHaveProperty('x-example-signature');
  });

  test('tells the states in the wrong order', async () => {
    await submitWith(exampleJobs, 'callback_out_of_order');
    await receiver.waitFor(3);
    expect(statesOf()).toEqual(['succeeded', 'running', 'queued']);
  });

  test('sends what is not JSON', async () => {
    await submitWith(exampleJobs, 'callback_not_json');
    const [callback] = await receiver.waitFor(1);
    expect(callback?.body).toMatch(/^state=succeeded&id=/);
  });

  test('calls a wrong token', async () => {
    await submitWith(exampleJobs, 'callback_wrong_token');
    const [callback] = await receiver.waitFor(1);
    expect(callback?.path).toMatch(/^\/callbacks\/example\/(?!token-of-a-call$)/);
  });
});

describe('Ark', () => {
  test('calls back each change of the state, with what a query answers, unsigned', async () => {
    // Its first quarter is the queue, which is seen only where the task is on the disk by then.
    const id = await submitWith(arkVideo, undefined, 24_000);
    await receiver.waitFor(2);
    await finishTask(simulator.origin, id);
    await receiver.waitFor(3);
    expect(statesOf()).toEqual(['queued', 'running', 'succeeded']);
    expect(JSON.parse(receiver.received[2]?.body ?? '')).toEqual(await look(sessionOf(arkVideo), id));
  });

  test('sends the callback of an end up to three times again', async () => {
    receiver.answerWith(500, 500, 500, 500, 500, 500);
    await submitWith(arkVideo, undefined, 0);
    await receiver.waitFor(4);
    expect(statesOf()).toEqual(['succeeded', 'succeeded', 'succeeded', 'succeeded']);
  });

  test('has no signature to forge: 501', async () => {
    await simulator.plan({ match: 'forge this', on: 'callback', fault: 'callback_forged' });
    expect((await submit(sessionOf(arkVideo), 'forge this', receiver.url)).status).toBe(501);
  });
});

describe('the control API', () => {
  const control = (path: string, body: object) => postJson(`${simulator.origin}/control${path}`, body);

  test('ends a task at once, and the callback follows', async () => {
    const id = await submitWith(exampleJobs, undefined, 3_600_000);
    expect(await (await control(`/tasks/${id}/finish`, {})).json()).toEqual({ id, state: 'succeeded' });
    await receiver.waitFor(1);
    expect(statesOf()).toEqual(['succeeded']);
    expect((await look(sessionOf(exampleJobs), id)).image_url).toMatch(/\.png$/);
    expect((await control(`/tasks/${id}/finish`, {})).status).toBe(409);
  });

  test.each([
    [{}, 'failed', 'InternalServiceError'],
    [{ as: 'blocked' }, 'failed', 'OutputVideoSensitiveContentDetected.PolicyViolation'],
    [{ as: 'expired' }, 'expired', 'ExecutionExpired'],
  ])('fails a task at once as %j', async (body, status, code) => {
    const id = await submitWith(arkVideo, 'callback_missing', 3_600_000);
    expect((await control(`/tasks/${id}/fail`, body)).status).toBe(200);
    expect(await look(sessionOf(arkVideo), id)).toMatchObject({ status, error: { code } });
  });

  test('sends any callback for a task: a state, a forgery, a body, another address', async () => {
    const id = await submitWith(exampleJobs, 'callback_missing', 3_600_000);
    const answer = await control('/callbacks', { taskId: id, state: 'succeeded', forgery: 'wrong_signature' });
    expect(await answer.json()).toEqual({ status: 200 });
    await control('/callbacks', { taskId: id, body: 'anything', url: `${receiver.url}x` });
    expect(receiver.received.map(({ path }) => path)).toEqual([
      '/callbacks/example/token-of-a-call',
      '/callbacks/example/token-of-a-callx',
    ]);
    expect(receiver.received[0]?.headers['x-example-signature']).not.toBe(signatureOf(id));
    expect(receiver.received[1]?.headers['x-example-signature']).toBe(signatureOf(id));
    expect(receiver.received[1]?.body).toBe('anything');
    expect(await callbacksOf(id)).toHaveLength(2);
  });

  test('knows no task that is not there', async () => {
    expect((await control('/tasks/none/finish', {})).status).toBe(404);
    expect((await control('/callbacks', { taskId: 'none' })).status).toBe(404);
    expect((await control('/callbacks', { task: 'none' })).status).toBe(400);
  });
});
