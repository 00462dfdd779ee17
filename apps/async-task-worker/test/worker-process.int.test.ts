import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expectNoLeakedProcesses, findFreePort, type Stack, startService, startStack } from '@darkroom/testing';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const entry = 'apps/async-task-worker/src/worker.ts';
let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
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

/** Starts a worker process of its own beside the stack's, with another environment. */
async function startAnother(more: Record<string, string>, without: readonly string[] = []) {
  const port = await findFreePort();
  const kept = Object.entries({ ...worker().environment, ...more, WORKER_PORT: String(port) }).filter(
    ([name]) => !without.includes(name),
  );
  return startService({ name: `another-${port}`, entry, env: Object.fromEntries(kept), port });
}

async function submitUntilPaid(prompt: string, latencyMs: number) {
  await stack.control.plan({ match: prompt, latencyMs });
  const call = await stack.submit({ prompt });
  await stack.waitFor(call.id, ({ submissions }) => submissions.claimed === 1);
  for (let looks = 0; (await stack.control.submissions(prompt)).accepted === 0; looks += 1) {
    if (looks > 200) throw new Error('The provider took no submission within ten seconds.');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return call;
}

describe('the worker process', () => {
  test('tells that it is alive, what it needs, and what it is busy with', async () => {
    const { url } = worker();
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    const up = { status: 'up' };
    expect(await (await fetch(`${url}/readyz`)).json()).toMatchObject({
      dependencies: { temporal: up, storage: up, main: up, process: up },
    });
    const call = await submitUntilPaid('busy for the metrics', 1_500);
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toContain(
      'darkroom_worker_running_activities{integration="nanobanana2",activity="generateAndUploadImage"} 1',
    );
    expect(metrics).toContain('process_resident_memory_bytes');
    expect(await stack.waitForEnd(call.id)).toMatchObject({ status: 'completed' });
  });

  test('[P2] asked to stop in the middle of a generation, waits for it: one payment, completed, and nothing is left', async () => {
    const prompt = 'drawn while the worker stops';
    const call = await submitUntilPaid(prompt, 3_000);
    expect(await worker().service.stop()).toEqual({ code: 0, signal: null });
    expect(await stack.call(call.id)).toMatchObject({
      status: 'completed',
      submissions: { claimed: 1, accepted: 1, unknown: 0 },
    });
    expect(await stack.control.submissions(prompt)).toMatchObject({ accepted: 1 });
    expect(await readdir(worker().environment['RESULTS_DIR'] ?? '')).toEqual([]);
    const lines = worker()
      .logs()
      .split('\n')
      .filter((line) => line.includes(call.id));
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ call_id: call.id, workflow_id: call.id });
    await worker().start();
  });

  test('asked a second time, stops at once and logs each call that it abandons', async () => {
    const call = await submitUntilPaid('abandoned by a second signal', 20_000);
    worker().service.signal('SIGTERM');
    await worker().service.waitForLog('stopping: no new task is taken');
    worker().service.signal('SIGINT');
    expect(await worker().service.exited).toEqual({ code: 1, signal: null });
    const abandoned =
      worker()
        .logs()
        .split('\n')
        .find((line) => line.includes('abandoned by the stop')) ?? '{}';
    expect(JSON.parse(abandoned)).toMatchObject({ level: 'error', call_id: call.id, workflow_id: call.id });
    await worker().start();
  });

  test('gives up draining at its cap', async () => {
    await worker().service.stop();
    await worker().start({ SHUTDOWN_DRAIN_SECONDS: '1' });
    const call = await submitUntilPaid('slower than the cap', 20_000);
    expect(await worker().service.stop()).toEqual({ code: 1, signal: null });
    expect(
      worker()
        .logs()
        .split('\n')
        .some((line) => line.includes('abandoned by the stop') && line.includes(call.id)),
    ).toBe(true);
    await worker().start({ SHUTDOWN_DRAIN_SECONDS: '60' });
  });
});

test('IMAGE_API_BASE_URL and IMAGE_API_KEY configure the integration that IMAGE_PROVIDER names', async () => {
  await worker().service.stop();
  const another = await startAnother({
    MOCK_EXTERNAL_APIS: 'false',
    IMAGE_PROVIDER: 'nanobanana2/text-to-image',
    IMAGE_API_BASE_URL: `${stack.place.simulatorUrl}/gemini/v1beta`,
    IMAGE_API_KEY: 'a-key-by-another-name',
    NANOBANANA2_EXTERNAL_MODEL: 'gemini-3.1-flash-image',
    NANOBANANA2_EXTERNAL_DIALECT: 'gemini',
  });
  const call = await stack.submit({ prompt: 'paid by another name' });

  expect(await stack.waitForEnd(call.id)).toMatchObject({ status: 'completed' });
  expect(await stack.control.submissions('paid by another name')).toMatchObject({ accepted: 1 });
  expect(await another.stop()).toEqual({ code: 0, signal: null });
  await worker().start();
});

describe('temporary files', () => {
  const temporary = () => worker().environment['TEMP_DIR'] ?? '';
  const ofProcesses = async () =>
    (await readdir(join(temporary(), 'darkroom-processes'))).filter((name) => !name.endsWith('.lock'));

  test('of a worker that was killed go when the next one starts, and those of the next one when it stops', async () => {
    const [killed = ''] = await ofProcesses();
    await worker().service.kill();
    expect(await ofProcesses()).toEqual([killed]);
    await worker().start();
    expect(await ofProcesses()).toEqual([expect.stringMatching(/^\d+-[0-9a-f]{12}$/)]);
    expect(await ofProcesses()).not.toEqual([killed]);

    expect(await worker().service.stop()).toEqual({ code: 0, signal: null });
    expect(await ofProcesses()).toEqual([]);
    expect((await readdir(temporary())).sort()).toEqual(['darkroom-processes', 'workflow-bundles']);
    await worker().start();
  });

  test('[P5] that the spool still holds go only once storage has them, whoever starts meanwhile', async () => {
    const call = await submitUntilPaid('paid while storage goes away', 2_000);
    await stack.middleware.objectStore.stop();
    await stack.waitFor(call.id, ({ waitingFor }) => waitingFor === 'storage');
    await until(async () => (await heldBySpool()) > 0);
    await worker().service.kill();
    await worker().launch();
    await worker().service.waitForLog('taking tasks');
    expect(await heldBySpool()).toBeGreaterThan(0);

    await stack.middleware.objectStore.start();
    expect(await stack.waitForEnd(call.id, 120)).toMatchObject({ status: 'completed', submissions: { claimed: 1 } });
    await until(async () => (await heldBySpool()) === 0);
    await worker().service.waitUntilReady();
  }, 150_000);

  /** Bytes in the spool of `main`, and answers in the spool beside the worker. */
  async function heldBySpool(): Promise<number> {
    const files = await readdir(worker().environment['RESULTS_DIR'] ?? '');
    const metrics = await (await fetch(`${worker().environment['MAIN_INTERNAL_URL']}/metrics`)).text();
    const [, bytes] = /^darkroom_spool_bytes (\d+)$/m.exec(metrics) ?? [];
    return Number(bytes) + files.filter((name) => name.endsWith('.answer')).length;
  }

  async function until(isSo: () => Promise<boolean>): Promise<void> {
    for (let looks = 0; !(await isSo()); looks += 1) {
      if (looks > 600) throw new Error('It was not so within half a minute.');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
});

describe('a worker that cannot work', () => {
  test('lists every setting that is missing or a placeholder, and prints no value', async () => {
    const service = await startAnother(
      { MOCK_EXTERNAL_APIS: 'false', NANOBANANA2_EXTERNAL_API_KEY: 'your-api-key-here' },
      ['S3_BUCKET'],
    );
    expect(await service.exited).toEqual({ code: 78, signal: null });
    for (const variable of [
      'S3_BUCKET',
      'NANOBANANA2_EXTERNAL_API_KEY',
      'NANOBANANA2_EXTERNAL_BASE_URL',
      'NANOBANANA2_EXTERNAL_MODEL',
      'NANOBANANA2_EXTERNAL_DIALECT',
    ]) {
      expect(service.logs()).toContain(variable);
    }
    expect(service.logs()).not.toContain('your-api-key-here');
  });

  test.each<[string, Record<string, string>, string]>([
    [
      'the simulator in production',
      { NODE_ENV: 'production', ENABLED_INTEGRATIONS: 'nanobanana2' },
      'MOCK_EXTERNAL_APIS is refused in production',
    ],
    [
      'production without a list of integrations',
      { NODE_ENV: 'production', ENABLED_INTEGRATIONS: '' },
      'ENABLED_INTEGRATIONS is not set',
    ],
    ['an integration that nobody installed', { ENABLED_INTEGRATIONS: 'nanobanana3' }, 'Known: '],
    ['an integration that is not enabled', { WORKER_INTEGRATIONS: 'veo' }, 'WORKER_INTEGRATIONS names veo'],
    [
      'two names of one key that do not agree',
      {
        MOCK_EXTERNAL_APIS: 'false',
        IMAGE_PROVIDER: 'nanobanana2',
        IMAGE_API_KEY: 'one-key',
        NANOBANANA2_EXTERNAL_API_KEY: 'another-key',
      },
      'NANOBANANA2_EXTERNAL_API_KEY and IMAGE_API_KEY are set to different values',
    ],
    ['a key for nobody', { IMAGE_API_KEY: 'one-key' }, 'IMAGE_API_KEY is set, and IMAGE_PROVIDER is not'],
    [
      'one queue for two integrations',
      { INTEGRATIONS_DENY_LIST: '', ENABLED_INTEGRATIONS: 'nanobanana2,example', TEMPORAL_TASK_QUEUE: 'mine' },
      'this process runs 2 integrations',
    ],
  ])('refuses %s', async (_name, environment, message) => {
    const service = await startAnother(environment);
    expect(await service.exited).toEqual({ code: 78, signal: null });
    expect(service.logs()).toContain(message);
  });

  test('stops where a right is missing, and names the bucket', async () => {
    const service = await startAnother({ S3_SECRET_ACCESS_KEY: 'not-the-secret-of-the-store' });
    expect(await service.exited).toMatchObject({ code: 1 });
    expect(service.logs()).toContain(stack.place.bucket);
  });

  test('waits, and says so, while Temporal and storage are away; then stops when asked', async () => {
    const [temporalPort, storagePort] = [await findFreePort(), await findFreePort()];
    const service = await startAnother({
      TEMPORAL_HOST: `127.0.0.1:${temporalPort}`,
      S3_ENDPOINT: `http://127.0.0.1:${storagePort}`,
    });
    await service.waitForLog('Temporal is away; waiting for it');
    await service.waitForLog('object storage is away; waiting for it');
    const readiness = await fetch(`${service.url}/readyz`);
    expect(readiness.status).toBe(503);
    expect(await readiness.json()).toMatchObject({
      dependencies: { temporal: { status: 'down' }, storage: { status: 'down' }, main: { status: 'up' } },
    });
    expect(await service.stop()).toEqual({ code: 0, signal: null });
  });
});
