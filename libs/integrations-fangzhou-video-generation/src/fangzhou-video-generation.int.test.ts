import { createHash } from 'node:crypto';
import type { OutputArtifact } from '@darkroom/contract';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { expectNoLeakedProcesses, startStack, type Stack, until } from '@darkroom/testing';
import { pictureAddress } from '../test/picture-address.ts';
import { videoOutputSchema } from './output.schema.ts';

const integration = 'fangzhou-video-generation';
const operation = 'text-to-video';
// The provider of the tests is quicker than Ark.
const limits = { pollFirstSeconds: 0.5, pollIntervalSeconds: 0.5 };

let stack: Stack;
const submit = (prompt: string, input: Record<string, unknown> = {}) =>
  stack.submit({ integration, operation, prompt, input });

beforeAll(async () => {
  const shared = { ENABLED_INTEGRATIONS: integration };
  const main = { ...shared, OPERATION_LIMITS: JSON.stringify({ [integration]: limits }) };
  stack = await startStack({ mainEnvironment: main, workerEnvironment: shared });
});

afterAll(async () => {
  await stack?.stop();
  await expectNoLeakedProcesses();
});

async function expectStored({ url = '', sha256 }: OutputArtifact): Promise<void> {
  const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
}

test('a video is made from words, and stored with its facts and its last frame', async () => {
  const prompt = 'one: a lighthouse at dawn';
  const { id } = await submit(prompt, { duration: 5, ratio: '16:9', returnLastFrame: true });
  const call = await stack.waitForEnd(id);
  expect(call).toMatchObject({ status: 'completed', simulated: true, submissions: { claimed: 1, accepted: 1 } });
  expect(call.externalId).toMatch(/^cgt-/);
  const { videos, lastFrame, usage } = videoOutputSchema.parse(call.output);
  const facts = { width: expect.any(Number), height: expect.any(Number) };
  expect(videos).toMatchObject([
    { ...facts, contentType: 'video/mp4', durationSeconds: expect.any(Number), frameRate: expect.any(Number) },
  ]);
  expect(lastFrame).toMatchObject({ ...facts, role: 'last_frame', contentType: 'image/png' });
  expect(usage?.totalTokens).toBeGreaterThan(0);
  for (const file of [...videos, ...(lastFrame ? [lastFrame] : [])]) await expectStored(file);
  expect(await stack.control.submissions(prompt)).toMatchObject({ accepted: 1 });
});

test('a video is made from two frames', async () => {
  const picture = await pictureAddress(stack.simulator.url);
  const { id } = await stack.submit({
    integration,
    operation: 'image-to-video',
    prompt: 'two: night falls',
    input: { firstFrame: picture, lastFrame: picture },
  });
  const call = await stack.waitForEnd(id);
  expect(call).toMatchObject({ status: 'completed' });
  expect(videoOutputSchema.parse(call.output).lastFrame).toBeUndefined();
});

describe('a task that ends without a video', () => {
  test.each([
    ['task_failed', 'provider_failed'],
    ['task_expired', 'provider_expired'],
  ])('by %s is %s', async (kind, code) => {
    const prompt = `three: ${kind}`;
    await stack.control.plan({ match: prompt, fault: { kind } });
    const { id } = await submit(prompt);
    expect(await stack.waitForEnd(id)).toMatchObject({
      status: 'failed',
      submissions: { accepted: 1 },
      error: { code },
    });
  });
});

test('a state that nobody knows is waited for', async () => {
  const prompt = 'four: a state of tomorrow';
  await stack.control.plan({ match: prompt, on: 'poll', times: 2, fault: { kind: 'unknown_status' } });
  const { id } = await submit(prompt);
  expect(await stack.waitForEnd(id)).toMatchObject({ status: 'completed' });
});

describe('a cancel', () => {
  const cancel = async (id: string) => {
    const response = await fetch(`${stack.main.url}/v1/calls/${id}/cancel`, { method: 'POST' });
    return ((await response.json()) as { result: string }).result;
  };
  /** The provider's own step: a call that waits for a worker is at a step `queued` too. */
  const whenProviderSays = (id: string, step: string) =>
    stack.waitFor(
      id,
      ({ externalId, progress }) => externalId?.startsWith('cgt-') === true && progress.currentStep === step,
    );

  test('of a task in the queue is told to Ark, and costs nothing', async () => {
    const prompt = 'five: a long queue';
    await stack.control.plan({ match: prompt, taskMs: 120_000 });
    const { id } = await submit(prompt);
    await whenProviderSays(id, 'queued');
    expect(await cancel(id)).toBe('cancel_requested');
    expect(await stack.waitForEnd(id)).toMatchObject({ status: 'cancelled' });
    const last = (await stack.events(id)).at(-1);
    expect(last).toMatchObject({ type: 'call.cancelled', data: { billing: 'not_charged' } });
  });

  test('of a task that runs is not possible: the video is kept', async () => {
    const prompt = 'six: it runs';
    // It waits for a quarter of it, and runs until the cancel has been answered.
    await stack.control.plan({ match: prompt, taskMs: 24_000 });
    const { id } = await submit(prompt);
    const { externalId = '' } = await whenProviderSays(id, 'running');
    expect(await cancel(id)).toBe('cancel_requested');
    const isAnswered = async () => (await stack.events(id)).some(({ type }) => type === 'call.cancel_result');
    await until('the cancel has been answered', isAnswered);
    await stack.control.finishTask(externalId);
    const call = await stack.waitForEnd(id);
    expect(call).toMatchObject({ status: 'completed', cancelRequestedAt: expect.any(String) });
    expect(await stack.events(id)).toContainEqual(
      expect.objectContaining({
        type: 'call.cancel_result',
        data: expect.objectContaining({ result: 'not_possible' }),
      }),
    );
  });
});

test('[P2] a task whose submission was answered by nothing is known by its callback: one payment', async () => {
  const prompt = 'eight: the answer is lost';
  await stack.control.plan({ match: prompt, fault: { kind: 'reset_after_accept' } });
  const { id } = await submit(prompt);
  const call = await stack.waitForEnd(id);
  expect(call).toMatchObject({ status: 'completed', externalId: expect.stringMatching(/^cgt-/) });
  const types = (await stack.events(id)).map(({ type }) => type);
  expect(types).toEqual(expect.arrayContaining(['call.submission_unknown', 'call.submission_reconciled']));
  expect(await stack.control.submissions(prompt)).toMatchObject({ accepted: 1 });
});

test('what the model does not take is refused before anything is paid', async () => {
  const prompt = 'seven: with sound';
  const { id } = await submit(prompt, { generateAudio: true });
  const call = await stack.waitForEnd(id);
  expect(call).toMatchObject({ status: 'failed', submissions: { claimed: 0 }, error: { code: 'invalid_input' } });
  expect(call.error?.message).toMatch('/input/generateAudio');
  expect(await stack.control.submissions(prompt)).toMatchObject({ received: 0 });
});
