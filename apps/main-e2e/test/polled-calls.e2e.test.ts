import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { outputArtifactSchema, uploadSchema, type Call } from '@darkroom/contract';
import { expectNoLeakedProcesses, startStack, type Stack, type StackProcess } from '@darkroom/testing';
import { expectStoredImage } from './expect-stored-image.ts';
import { followAccount, type Follower } from './follow-account.ts';
import { until } from './until.ts';

const polled = { integration: 'example', operation: 'text-to-image-polled' };
const calledBack = { integration: 'example', operation: 'text-to-image-callback' };
const nanoBanana = { integration: 'nano-banana', operation: 'image-to-image' };
const video = { integration: 'fangzhou-video-generation' };
const paidOnce = { claimed: 1, accepted: 1, refused: 0, unknown: 0 };
// No look is due while a test runs.
const farAwaySeconds = 250;

describe('a call whose result comes later', () => {
  let stack: Stack;
  let worker: StackProcess;
  let follower: Follower;

  beforeAll(async () => {
    const shared = { ENABLED_INTEGRATIONS: 'example,nano-banana,fangzhou-video-generation' };
    const limits = {
      'example/text-to-image-callback': { deadlineSeconds: 300, pollFirstSeconds: farAwaySeconds },
      'fangzhou-video-generation': { pollFirstSeconds: 0.5, pollIntervalSeconds: 1 },
    };
    stack = await startStack({
      denyList: '',
      mainEnvironment: { ...shared, OPERATION_LIMITS: JSON.stringify(limits) },
      workerEnvironment: shared,
    });
    worker = stack.workers[0] as StackProcess;
    follower = await followAccount(stack.main.url);
  }, 180_000);

  afterAll(async () => {
    follower?.stop();
    await stack?.stop();
    await expectNoLeakedProcesses();
  }, 60_000);

  const submissionOf = async (prompt: string) => (await stack.control.submissions(prompt)).items[0];
  const untilEndedAtProvider = (prompt: string) =>
    until('the provider has finished', async () => (await submissionOf(prompt))?.state === 'succeeded');
  const submitAndWait = async (prompt: string, taskMs: number, operation = polled) => {
    await stack.control.plan({ match: prompt, taskMs });
    const { id } = await stack.submit({ prompt, ...operation });
    await stack.waitFor(id, ({ submissions }) => submissions.accepted === 1);
    return id;
  };
  const expectCompletedPaidOnce = async (id: string, prompt: string, seconds = 30) => {
    const call = await stack.waitForEnd(id, seconds);
    expect(call).toMatchObject({ status: 'completed', submissions: paidOnce });
    expect((await stack.control.submissions(prompt)).accepted).toBe(1);
    return call;
  };
  /** Nothing that a user can read of a call names the provider's address. */
  const expectNoAddressOfProvider = async (call: Call) => {
    const outputs = Object.values(call.output ?? {})
      .flat()
      .flatMap((one) => outputArtifactSchema.safeParse(one).data ?? []);
    expect(outputs.length).toBeGreaterThan(0);
    const artifacts = await Promise.all(
      outputs.map(async ({ artifactId }) => (await fetch(`${stack.main.url}/v1/artifacts/${artifactId}`)).json()),
    );
    const told = JSON.stringify([await stack.call(call.id), await stack.events(call.id), artifacts]);
    expect(told).not.toContain(new URL(stack.simulator.url).host);
  };
  const upload = async ({ output }: Call) => {
    const [image] = outputArtifactSchema.array().parse(output?.['images']);
    const form = new FormData();
    form.append('file', await (await fetch(image?.url ?? 'no url')).blob(), 'drawn-here.png');
    const headers = { 'x-darkroom-upload': '1' };
    const response = await fetch(`${stack.main.url}/v1/uploads`, { method: 'POST', headers, body: form });
    return { uploadId: uploadSchema.parse(await response.json()).id };
  };

  test.concurrent('a refresh finds the result at once, long before the next look is due', async () => {
    const prompt = 'refreshed';
    await stack.control.plan({ match: prompt, on: 'callback', fault: { kind: 'callback_missing' } });
    const id = await submitAndWait(prompt, 1_500, calledBack);
    await untilEndedAtProvider(prompt);
    await stack.refresh(id);
    await expectStoredImage(await expectCompletedPaidOnce(id, prompt));
    expect((await submissionOf(prompt))?.polls?.count).toBe(1);
  });

  test.concurrent(
    '[P2] a call that failed is made again by a retry: another call, with the same input, paid for anew',
    async () => {
      const prompt = 'failed, and made again';
      await stack.control.plan({ match: prompt, times: 1, fault: { kind: 'task_failed' } });
      const { id } = await stack.submit({ prompt, ...polled });
      const failed = await stack.waitForEnd(id);
      expect(failed).toMatchObject({ status: 'failed', error: { code: 'provider_failed' }, submissions: paidOnce });

      const retry = await stack.retry(id);
      expect(retry).toMatchObject({ ...polled, retryOf: id, input: failed.input });
      const call = await stack.waitForEnd(retry.id);
      await expectStoredImage(call);
      expect(call).toMatchObject({ retryOf: id, input: failed.input, submissions: paidOnce });
      expect((await stack.control.submissions(prompt)).accepted).toBe(2);
      expect(await stack.call(id)).toEqual(failed);
    },
  );

  test.concurrent('[P3] a callback ends the call early, and its repeats change nothing', async () => {
    const prompt = 'called back again and again';
    await stack.control.plan({ match: prompt, on: 'callback', fault: { kind: 'callback_duplicate', times: 5 } });
    const id = await submitAndWait(prompt, 1_500, calledBack);
    const ended = await expectCompletedPaidOnce(id, prompt);
    await expectStoredImage(ended);
    const events = await stack.events(id);
    const taskId = (await submissionOf(prompt))?.taskId ?? '';
    await until('all have been sent', async () => ((await submissionOf(prompt))?.callbacks?.length ?? 0) >= 6);
    expect(await stack.control.callBack(taskId)).toBe(200);
    expect(await submissionOf(prompt)).toMatchObject({ polls: { count: 1 } });
    expect([await stack.call(id), await stack.events(id)]).toEqual([ended, events]);
  });

  test.concurrent(
    'a video has its length, its size, its frame rate and a poster, and no address of the provider',
    async () => {
      const prompt = 'filmed';
      const { id } = await stack.submit({
        prompt,
        ...video,
        operation: 'text-to-video',
        input: { returnLastFrame: true },
      });
      const call = await expectCompletedPaidOnce(id, prompt);
      const size = { width: expect.any(Number), height: expect.any(Number) };
      const film = {
        contentType: 'video/mp4',
        ...size,
        durationSeconds: expect.any(Number),
        frameRate: expect.any(Number),
      };
      const poster = { contentType: 'image/png', role: 'last_frame', ...size };
      expect(call.output).toMatchObject({ videos: [film], lastFrame: poster });
      const [stored] = outputArtifactSchema.array().parse(call.output?.['videos']);
      const bytes = Buffer.from(await (await fetch(stored?.url ?? 'no url')).arrayBuffer());
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(stored?.sha256);
      await expectNoAddressOfProvider(call);
    },
  );

  test.concurrent(
    'an upload goes into a call: one provider fetches a signed link, the other one gets the bytes',
    async () => {
      const drawn = await stack.waitForEnd((await stack.submit({ prompt: 'to be uploaded', ...polled })).id);
      await expectNoAddressOfProvider(drawn);
      const file = await upload(drawn);
      const [changed, filmed] = await Promise.all([
        stack.submit({ prompt: 'upload, changed', ...nanoBanana, input: { images: [file] } }),
        stack.submit({ prompt: 'upload, filmed', ...video, operation: 'image-to-video', input: { firstFrame: file } }),
      ]);
      const image = await expectCompletedPaidOnce(changed.id, 'upload, changed');
      await expectStoredImage(image);
      await expectNoAddressOfProvider(image);
      await expectNoAddressOfProvider(await expectCompletedPaidOnce(filmed.id, 'upload, filmed'));
      const [fetched, inline] = [await submissionOf('upload, changed'), await submissionOf('upload, filmed')];
      const { host } = new URL(stack.main.url);
      expect(fetched?.notes).toEqual({ inputs: [expect.objectContaining({ host, outcome: 'fetched', status: 200 })] });
      // It notes what it fetched: nothing.
      expect(inline).toMatchObject({ state: 'succeeded' });
      expect(inline?.notes).toBeUndefined();
    },
  );

  test('[P1] [P2] [P4] worker and main killed while calls wait, and the key changed: the calls are taken over with the old key and paid once', async () => {
    const waiting = ['waits through a kill', 'waits for a callback'];
    const ids = await Promise.all([
      submitAndWait(waiting[0] as string, 6_000),
      submitAndWait(waiting[1] as string, 12_000, calledBack),
    ]);
    await until('it is looked at', async () => ((await submissionOf(waiting[0] as string))?.polls?.count ?? 0) > 0);
    const seenBefore = [...follower.sequences];
    await Promise.all([worker.service.kill(), stack.main.service.kill()]);
    await stack.main.start();
    follower = await followAccount(stack.main.url, seenBefore.at(-1));
    await worker.start(realSettings(stack));

    for (const [index, id] of ids.entries())
      await expectStoredImage(await expectCompletedPaidOnce(id, waiting[index] as string, 60));
    const fresh = 'paid with the new key';
    await expectCompletedPaidOnce((await stack.submit({ prompt: fresh, ...polled })).id, fresh);
    const keys = await Promise.all(
      [...waiting, fresh].map(async (prompt) => (await submissionOf(prompt))?.keyFingerprint),
    );
    expect(keys).toEqual(['simulator', 'simulator', 'key-of-today'].map(fingerprint));

    const { items } = (await (await fetch(`${stack.main.url}/v1/events?after=0&limit=1000`)).json()) as {
      items: unknown[];
    };
    await until('the follower has seen all', async () => seenBefore.length + follower.sequences.length >= items.length);
    const all = Array.from({ length: items.length }, (_, index) => index + 1);
    expect([...seenBefore, ...follower.sequences]).toEqual(all);
    expect(worker.logs()).not.toContain('key-of-today');
  }, 120_000);
});

/** The worker's settings without the simulator's name on them: the example's key is a new one, and the one before is known still. */
function realSettings({ main, simulator: { url } }: Stack): Record<string, string> {
  return {
    MOCK_EXTERNAL_APIS: 'false',
    OUTBOUND_ALLOW_ORIGINS: `${url},${main.url}`,
    EXAMPLE_EXTERNAL_BASE_URL: `${url}/example/v1`,
    EXAMPLE_EXTERNAL_API_KEY: 'key-of-today',
    EXAMPLE_EXTERNAL_API_KEY_PREVIOUS: 'simulator',
    NANO_BANANA_API_URL: `${url}/kie`,
    NANO_BANANA_API_KEY: 'simulator',
    FANGZHOU_VIDEO_GENERATION_EXTERNAL_BASE_URL: `${url}/ark/api/v3/contents/generations/tasks`,
    FANGZHOU_VIDEO_GENERATION_EXTERNAL_API_KEY: 'simulator',
    FANGZHOU_VIDEO_GENERATION_EXTERNAL_MODEL: 'doubao-seedance-1-0-pro-250528',
  };
}

function fingerprint(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 12);
}
