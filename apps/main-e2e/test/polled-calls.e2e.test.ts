import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  asyncTaskSchema,
  type Call,
  type OutputArtifact,
  outputArtifactSchema,
  uploadSchema,
} from '@darkroom/contract';
import { expectNoLeakedProcesses, startStack, type Stack, type StackProcess, until } from '@darkroom/testing';
import { expectStoredImage } from './expect-stored-image.ts';
import { followAccount, type Follower } from './follow-account.ts';
import { realSettings } from './real-settings.ts';

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
  });

  afterAll(async () => {
    follower?.stop();
    await stack?.stop();
    await expectNoLeakedProcesses();
  });

  const submissionOf = async (prompt: string) => (await stack.control.submissions(prompt)).items[0];
  const untilEndedAtProvider = (prompt: string) =>
    until('the provider has finished', async () => (await submissionOf(prompt))?.state === 'succeeded');
  const submitAndWait = async (prompt: string, taskMs: number, operation = polled) => {
    await stack.control.plan({ match: prompt, taskMs });
    const { id } = await stack.submit({ prompt, ...operation });
    await stack.waitFor(id, ({ submissions }) => submissions.accepted === 1);
    return id;
  };
  const expectCompletedPaidOnce = async (id: string, prompt: string, seconds = 60) => {
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
  const firstImageOf = ({ output }: Call) =>
    outputArtifactSchema.array().min(1).parse(output?.['images'])[0] as OutputArtifact;
  const upload = async (drawn: Call) => {
    const form = new FormData();
    form.append('file', await (await fetch(firstImageOf(drawn).url ?? 'no url')).blob(), 'drawn-here.png');
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
    // Once more where nobody answered in time, as a provider does.
    expect(await until('it is answered', async () => (await stack.control.callBack(taskId)) ?? undefined)).toBe(200);
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

  test.concurrent.each<[what: string, nameFile: (drawn: Call) => Promise<object>]>([
    ['an upload', upload],
    ['a result of an earlier call', (drawn) => Promise.resolve({ artifactId: firstImageOf(drawn).artifactId })],
  ])(
    '%s goes into a call: one provider fetches a signed link, the other one gets the bytes',
    async (what, nameFile) => {
      const drawn = await stack.waitForEnd((await stack.submit({ prompt: `${what}: drawn`, ...polled })).id);
      await expectNoAddressOfProvider(drawn);
      const file = await nameFile(drawn);
      const [toChange, toFilm] = [`${what}: changed`, `${what}: filmed`];
      const [changed, filmed] = await Promise.all([
        stack.submit({ prompt: toChange, ...nanoBanana, input: { images: [file] } }),
        stack.submit({ prompt: toFilm, ...video, operation: 'image-to-video', input: { firstFrame: file } }),
      ]);
      const image = await expectCompletedPaidOnce(changed.id, toChange);
      await expectStoredImage(image);
      await expectNoAddressOfProvider(image);
      expect(image.sourceArtifactIds).toEqual('artifactId' in file ? [file.artifactId] : undefined);
      await expectNoAddressOfProvider(await expectCompletedPaidOnce(filmed.id, toFilm));
      const [fetched, inline] = [await submissionOf(toChange), await submissionOf(toFilm)];
      const { host } = new URL(stack.main.url);
      expect(fetched?.notes).toEqual({ inputs: [expect.objectContaining({ host, outcome: 'fetched', status: 200 })] });
      // It notes what it fetched: nothing.
      expect(inline).toMatchObject({ state: 'succeeded' });
      expect(inline?.notes).toBeUndefined();
    },
  );

  test('a worker killed in the middle of an asynchronous task: each step that had completed was called once, and once more only what was cut off', async () => {
    const prompts = ['is looked at first', 'is cut off', 'is looked at last'] as const;
    const complete = async (prompt: string) => expectCompletedPaidOnce(await submitAndWait(prompt, 300), prompt);
    const ids = (await Promise.all(prompts.map(complete))).map(({ externalId = '' }) => externalId);
    const looks = () => Promise.all(prompts.map(async (prompt) => (await submissionOf(prompt))?.polls?.count ?? 0));
    const before = await looks();
    await stack.control.plan({ match: prompts[1], on: 'poll', steps: [{ fault: { kind: 'hang' } }] });

    const path = `${stack.main.url}/v1/tasks/example_task_states`;
    const taskOf = async (url: string, init?: RequestInit) =>
      asyncTaskSchema.parse(await (await fetch(url, init)).json());
    const body = JSON.stringify({ taskId: 'killed-in-the-middle', params: { externalIds: [...ids, 'of-nobody'] } });
    await taskOf(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    const look = () => taskOf(`${path}/killed-in-the-middle`);
    await until('the second step asks the provider', async () => ((await looks())[1] ?? 0) > (before[1] ?? 0));
    await worker.service.kill('SIGKILL');
    expect(await look()).toMatchObject({ status: 'processing', currentStep: 'look 2', completedSteps: ['look 1'] });
    await worker.start();

    const ended = await until('the task has ended', async () => {
      const task = await look();
      return task.completedAt !== undefined && task;
    });
    const states = Object.fromEntries([...ids.map((id) => [id, 'succeeded']), ['of-nobody', 'not_found']]);
    expect(ended).toMatchObject({
      status: 'completed',
      result: { states },
      completedSteps: ['look 1', 'look 2', 'look 3', 'look 4'],
    });
    expect((await looks()).map((count, index) => count - (before[index] ?? 0))).toEqual([1, 2, 1]);
  });

  test('[P1] [P2] [P4] worker and main killed while calls wait, and the key changed: the calls are taken over with the old key and paid once', async () => {
    const waiting = ['waits through a kill', 'waits for a callback'];
    const ids = await Promise.all([
      submitAndWait(waiting[0] as string, 600_000),
      submitAndWait(waiting[1] as string, 600_000, calledBack),
    ]);
    await until('it is looked at', async () => ((await submissionOf(waiting[0] as string))?.polls?.count ?? 0) > 0);
    const seenBefore = [...follower.sequences];
    await Promise.all([worker.service.kill(), stack.main.service.kill()]);
    const finish = async (prompt = '') => stack.control.finishTask((await submissionOf(prompt))?.taskId ?? 'no task');
    await finish(waiting[0]);
    await stack.main.start();
    follower = await followAccount(stack.main.url, seenBefore.at(-1));
    await worker.start(realSettings(stack));
    // Not before: the provider gives up calling back a main that is away.
    await finish(waiting[1]);

    for (const [index, id] of ids.entries())
      await expectStoredImage(await expectCompletedPaidOnce(id, waiting[index] as string));
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
  });
});

function fingerprint(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 12);
}
