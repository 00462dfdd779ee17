import { createHash } from 'node:crypto';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  expectNoLeakedProcesses,
  findFreePort,
  type Stack,
  startStack,
  type TestService,
  until,
} from '@darkroom/testing';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startWorkerProcess } from './start-worker-process.ts';

let stack: Stack;

beforeAll(async () => {
  const limits = { veo: { pollFirstSeconds: 0.5, pollIntervalSeconds: 1 } };
  stack = await startStack({
    mainEnvironment: { ENABLED_INTEGRATIONS: 'nanobanana2,veo', OPERATION_LIMITS: JSON.stringify(limits) },
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

/** Starts a worker process beside the stack's, with another environment. */
const startAnother = (more: Record<string, string>) => startWorkerProcess({ ...worker().environment, ...more });

async function submitUntilPaid(prompt: string, latencyMs: number) {
  await stack.control.plan({ match: prompt, latencyMs });
  const call = await stack.submit({ prompt });
  await stack.waitFor(call.id, ({ submissions }) => submissions.claimed === 1);
  await until('the provider has taken it', async () => (await stack.control.submissions(prompt)).accepted > 0);
  return call;
}

describe('the worker process', () => {
  test('tells that it is alive, and what it needs', async () => {
    const { url } = worker();
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    const readiness = await until('it is ready', async () => {
      const answer = await fetch(`${url}/readyz`);
      return answer.ok && ((await answer.json()) as object);
    });
    const up = { status: 'up' };
    expect(readiness).toMatchObject({ dependencies: { temporal: up, storage: up, main: up, process: up } });
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

  test('tells what it is busy with; asked to stop a second time, stops at once and logs each call that it abandons', async () => {
    const call = await submitUntilPaid('abandoned by a second signal', 20_000);
    const metrics = await (await fetch(`${worker().url}/metrics`)).text();
    expect(metrics).toContain(
      'darkroom_worker_running_activities{integration="nanobanana2",activity="generateAndUploadImage"} 1',
    );
    expect(metrics).toContain('process_resident_memory_bytes');
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

describe('other names for the address and the key of who makes requests', () => {
  let another: TestService;

  beforeAll(async () => {
    const address = `${stack.place.simulatorUrl}/gemini/v1beta`;
    await worker().service.stop();
    another = await startAnother({
      MOCK_EXTERNAL_APIS: 'false',
      ENABLED_INTEGRATIONS: 'nanobanana2,veo',
      IMAGE_PROVIDER: 'nanobanana2/text-to-image',
      IMAGE_API_BASE_URL: address,
      IMAGE_API_KEY: 'key-for-images',
      NANOBANANA2_EXTERNAL_MODEL: 'gemini-3.1-flash-image',
      NANOBANANA2_EXTERNAL_DIALECT: 'gemini',
      VIDEO_PROVIDER: 'veo',
      VIDEO_API_BASE_URL: address,
      VIDEO_API_KEY: 'key-for-videos',
      VEO_EXTERNAL_MODEL: 'veo-3.1-generate-preview',
    });
  });
  afterAll(async () => {
    expect(await another.stop()).toEqual({ code: 0, signal: null });
    await worker().start();
  });

  test.each([
    ['IMAGE_API_BASE_URL', 'IMAGE_API_KEY', 'IMAGE_PROVIDER', 'nanobanana2', 'text-to-image', 'key-for-images'],
    ['VIDEO_API_BASE_URL', 'VIDEO_API_KEY', 'VIDEO_PROVIDER', 'veo', 'text-to-video', 'key-for-videos'],
  ])(
    '%s and %s configure the integration that %s names: %s',
    async (_url, key, _provider, integration, operation, paying) => {
      const prompt = `paid with ${key}`;
      const call = await stack.submit({ prompt, integration, operation });
      expect(await stack.waitForEnd(call.id)).toMatchObject({ status: 'completed' });
      const keyFingerprint = createHash('sha256').update(paying).digest('hex').slice(0, 12);
      expect(await stack.control.submissions(prompt)).toMatchObject({ accepted: 1, items: [{ keyFingerprint }] });
      expect(another.logs()).not.toContain(paying);
    },
  );
});

describe('temporary files', () => {
  const temporary = () => worker().environment['TEMP_DIR'] ?? '';
  const inProcesses = (...names: string[]) => join(temporary(), 'darkroom-processes', ...names);
  const ofProcesses = async () => (await readdir(inProcesses())).filter((name) => !name.endsWith('.lock'));
  /** A folder of the worker's as a library leaves it that puts a large image aside; then the worker is killed. */
  const killInTheMiddleOfWork = async () => {
    const [name = ''] = await ofProcesses();
    await mkdir(inProcesses(name, 'work-begun'));
    await writeFile(inProcesses(name, 'work-begun', 'image.part'), 'half');
    await worker().service.kill('SIGKILL');
    expect(await ofProcesses()).toEqual([name]);
    expect(await readdir(inProcesses(name, 'work-begun'))).toEqual(['image.part']);
    return name;
  };

  test('of a worker that was killed go when the next one starts, those of the next one when it stops, and what cannot go is told of', async () => {
    const killed = await killInTheMiddleOfWork();
    await worker().start();
    expect(await ofProcesses()).toEqual([expect.stringMatching(/^\d+-[0-9a-f]{12}$/)]);
    expect(await ofProcesses()).not.toEqual([killed]);

    expect(await worker().service.stop()).toEqual({ code: 0, signal: null });
    expect(await ofProcesses()).toEqual([]);
    expect((await readdir(temporary())).sort()).toEqual(['darkroom-processes', 'workflow-bundles']);

    // Another user's lock, for instance, or anything else that nobody can lock and remove.
    await mkdir(inProcesses('4242-0123456789ab.lock'));
    await worker().start();
    const line = worker()
      .service.logs()
      .split('\n')
      .find((line) => line.includes(inProcesses('4242-0123456789ab')));
    expect(JSON.parse(line ?? '{}')).toMatchObject({ level: 'warn', directory: inProcesses('4242-0123456789ab') });
    await rm(inProcesses('4242-0123456789ab.lock'), { recursive: true });
  });

  test('[P5] that the spool still holds go only once storage has them, whoever starts meanwhile', async () => {
    // It has to be away before the provider answers.
    const call = await submitUntilPaid('paid while storage goes away', 12_000);
    await stack.middleware.objectStore.kill();
    await stack.waitFor(call.id, ({ waitingFor }) => waitingFor === 'storage');
    await until('it waits in a spool', async () => (await heldBySpool()) > 0);
    const killed = await killInTheMiddleOfWork();
    await worker().launch();
    await worker().service.waitForLog('taking tasks');
    expect(await ofProcesses()).toEqual([expect.not.stringMatching(killed)]);
    expect(await heldBySpool()).toBeGreaterThan(0);

    await stack.middleware.objectStore.start();
    expect(await stack.waitForEnd(call.id, 120)).toMatchObject({ status: 'completed', submissions: { claimed: 1 } });
    await until('no spool has it any more', async () => (await heldBySpool()) === 0);
    await worker().service.waitUntilReady();
  });

  /** Bytes in the spool of `main`, and answers in the spool beside the worker. */
  async function heldBySpool(): Promise<number> {
    const files = await readdir(worker().environment['RESULTS_DIR'] ?? '');
    const metrics = await (await fetch(`${worker().environment['MAIN_INTERNAL_URL']}/metrics`)).text();
    const [, bytes] = /^darkroom_spool_bytes (\d+)$/m.exec(metrics) ?? [];
    return Number(bytes) + files.filter((name) => name.endsWith('.answer')).length;
  }
});

describe('a worker that cannot work', () => {
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
