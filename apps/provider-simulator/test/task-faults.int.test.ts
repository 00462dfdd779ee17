import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { startSimulator, type RunningSimulator } from './running-simulator.ts';
import { arkVideo, exampleTasks, look, lookUntil, submit, submitted, taskClients } from './task-client.ts';
import type { TaskClient } from './task-client.ts';
import { until } from './until.ts';

let simulator: RunningSimulator;
let prompts = 0;

beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.stop());

async function planned(plan: object): Promise<string> {
  prompts += 1;
  const prompt = `prompt number ${prompts};`;
  await simulator.plan({ match: prompt, taskMs: 100, ...plan });
  return prompt;
}

const sessionOf = (client: TaskClient) => ({ client, origin: simulator.origin });
const acceptedOf = async (prompt: string) => (await simulator.submissions(prompt)).accepted;

async function resultWith(client: TaskClient, fault: object | string): Promise<string> {
  const session = sessionOf(client);
  const task = await lookUntil(session, await submitted(session, await planned({ fault })), 'succeeded');
  return client.resultIn(task) ?? '';
}

describe.each(taskClients)('a submission to $name', (client) => {
  test.each([
    ['unauthorized', 401],
    ['bad_request', 400],
    [{ kind: 'rate_limited', retryAfterSeconds: 3 }, 429],
    ['leaks_key', 401],
  ])('is refused as %j with %d, uncounted, without a task', async (fault, status) => {
    const prompt = await planned({ fault });
    const response = await submit(sessionOf(client), prompt);
    expect(response.status).toBe(status);
    expect(response.headers.get('retry-after')).toBe(status === 429 ? '3' : null);
    expect((await simulator.submissions(prompt)).items).toMatchObject([{ accepted: false }]);
    expect((await simulator.submissions(prompt)).items[0]).not.toHaveProperty('taskId');
  });

  test('is refused where the prompt is blocked', async () => {
    const prompt = await planned({ fault: 'content_block' });
    expect((await submit(sessionOf(client), prompt)).status).toBeGreaterThanOrEqual(400);
    expect(await acceptedOf(prompt)).toBe(0);
  });

  test.each(['reset_after_accept', 'reset_after_headers', 'reset_mid_answer', 'unavailable_html', 'empty_502'])(
    'goes on as a task after %s: it was taken on, and the client does not know',
    async (fault) => {
      const prompt = await planned({ fault });
      const answer = await submit(sessionOf(client), prompt)
        .then((response) => response.text())
        .catch(() => '');
      expect(answer).not.toContain('"id"');
      const state = await until(async () => {
        const item = (await simulator.submissions(prompt)).items[0] as { state?: string } | undefined;
        return item?.state === 'succeeded' ? item.state : undefined;
      });
      expect(state).toBe('succeeded');
      expect(await acceptedOf(prompt)).toBe(1);
    },
  );

  test('is answered without an id by empty_success', async () => {
    const response = await submit(sessionOf(client), await planned({ fault: 'empty_success' }));
    expect([response.status, await response.text()]).toEqual([200, '{}']);
  });

  test('is answered 501, uncounted, where a plan wants what the provider never does', async () => {
    const prompt = await planned({ fault: 'text_instead' });
    expect((await submit(sessionOf(client), prompt)).status).toBe(501);
    expect(await acceptedOf(prompt)).toBe(0);
  });
});

describe('a task ends badly', () => {
  test.each([
    [exampleTasks, 'task_failed', 'failed', 'generation_failed'],
    [exampleTasks, { kind: 'content_block', where: 'output' }, 'failed', 'content_blocked'],
    [arkVideo, 'task_failed', 'failed', 'InternalServiceError'],
    [
      arkVideo,
      { kind: 'content_block', where: 'output' },
      'failed',
      'OutputVideoSensitiveContentDetected.PolicyViolation',
    ],
    [arkVideo, 'task_expired', 'expired', 'ExecutionExpired'],
  ])('$name plays %j as %s with its own error, counted', async (client, fault, status, code) => {
    const session = sessionOf(client);
    const prompt = await planned({ fault });
    const task = await lookUntil(session, await submitted(session, prompt), status);
    expect(task.error).toMatchObject({ code, message: expect.any(String) });
    expect(client.resultIn(task)).toBeUndefined();
    expect(await acceptedOf(prompt)).toBe(1);
  });

  test.each(taskClients)('$name cancels a task itself', async (client) => {
    const session = sessionOf(client);
    const id = await submitted(session, await planned({ fault: 'task_cancelled' }));
    expect((await lookUntil(session, id, 'cancelled')).error).toBeUndefined();
  });

  test('the example provider has no way to let a task expire', async () => {
    expect((await submit(sessionOf(exampleTasks), await planned({ fault: 'task_expired' }))).status).toBe(501);
  });

  test('a task that never ends still runs after its time', async () => {
    const session = sessionOf(exampleTasks);
    const id = await submitted(session, await planned({ fault: 'never_ends' }));
    const task = await until(async () => {
      const now = await look(session, id);
      return now.percent === 99 ? now : undefined;
    });
    expect(task.status).toBe('running');
  });
});

describe.each([exampleTasks, arkVideo])('a result of $name', (client) => {
  test('is missing with empty_result', async () => {
    expect(await resultWith(client, 'empty_result')).toBe('');
  });

  test.each([403, 404])('is gone with url_expired and %d', async (status) => {
    expect((await fetch(await resultWith(client, { kind: 'url_expired', status }))).status).toBe(status);
  });

  test('is at a private address, or redirects to one', async () => {
    expect(await resultWith(client, 'url_to_private_address')).toMatch(/^http:\/\/169\.254\./);
    const redirect = await fetch(await resultWith(client, 'url_redirects_to_private'), { redirect: 'manual' });
    expect(redirect.headers.get('location')).toMatch(/^http:\/\/169\.254\./);
  });

  test('is text with result_not_media', async () => {
    expect(await (await fetch(await resultWith(client, 'result_not_media'))).text()).toMatch(/^This is a text file/);
  });

  test('is half a file with result_truncated', async () => {
    const whole = await (await fetch(await resultWith(client, { kind: 'slow', latencyMs: 0 }))).arrayBuffer();
    const half = await (await fetch(await resultWith(client, 'result_truncated'))).arrayBuffer();
    expect(half.byteLength).toBeGreaterThan(50);
    expect(half.byteLength).toBeLessThan(whole.byteLength * 0.8);
  });

  test('is larger than anybody wants, with or without a length, and costs no memory', async () => {
    const declared = await fetch(await resultWith(client, { kind: 'result_too_large', megabytes: 4000 }));
    expect(declared.headers.get('content-length')).toBe(String(4000 * 1024 * 1024));
    await declared.body?.cancel();
    const small = { kind: 'result_too_large', megabytes: 3, declared: false };
    const chunked = await fetch(await resultWith(client, small));
    expect(chunked.headers.get('content-length')).toBeNull();
    expect((await chunked.arrayBuffer()).byteLength).toBe(3 * 1024 * 1024);
  });

  test('is late with result_slow', async () => {
    const url = await resultWith(client, { kind: 'result_slow', latencyMs: 400 });
    const began = Date.now();
    expect((await fetch(url)).status).toBe(200);
    expect(Date.now() - began).toBeGreaterThanOrEqual(399);
  });

  test('is of the other kind with result_wrong_type', async () => {
    const result = await fetch(await resultWith(client, 'result_wrong_type'));
    expect(result.headers.get('content-type')).toBe(client === arkVideo ? 'image/png' : 'video/mp4');
    const bytes = Buffer.from(await result.arrayBuffer());
    if (client === arkVideo) expect((await sharp(bytes).metadata()).format).toBe('png');
    else expect(bytes.subarray(4, 8).toString()).toBe('ftyp');
  });
});
