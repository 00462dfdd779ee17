import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { expectNoLeakedProcesses, startStack, type Stack } from '@darkroom/testing';
import { definition } from './definition.ts';
import { videosOutputSchema } from './output.schema.ts';
import * as workflows from './workflows/index.ts';

const integration = 'veo';
const onePayment = { claimed: 1, accepted: 1, refused: 0, unknown: 0 };
const eagerLooks = JSON.stringify({ [integration]: { pollFirstSeconds: 0.5, pollIntervalSeconds: 0.5 } });

let stack: Stack;

beforeAll(async () => {
  const enabled = { ENABLED_INTEGRATIONS: integration };
  stack = await startStack({
    mainEnvironment: { ...enabled, OPERATION_LIMITS: eagerLooks },
    workerEnvironment: enabled,
  });
});

afterAll(async () => {
  await stack?.stop();
  await expectNoLeakedProcesses();
});

async function end(prompt: string, request: { operation?: string; input?: Record<string, unknown> } = {}) {
  const { id } = await stack.submit({ prompt, integration, operation: 'text-to-video', ...request });
  return stack.waitForEnd(id);
}

test('every workflow that an operation names is exported', () => {
  for (const { workflow } of Object.values(definition.operations)) expect(Object.keys(workflows)).toContain(workflow);
});

describe('a complete run', () => {
  test('from words: two videos, downloaded with the key over a redirect', async () => {
    const prompt = 'words: waves at a lighthouse';
    const call = await end(prompt, { input: { sampleCount: 2, durationSeconds: 4, aspectRatio: '16:9' } });
    expect(call).toMatchObject({ status: 'completed', submissions: onePayment });
    await expectVideos(call.output, 2);
    expect(await stack.control.submissions(prompt)).toMatchObject({ accepted: 1 });
  });

  test('from an upload as the first frame and as a reference', async () => {
    const image = { uploadId: await upload() };
    for (const images of [{ image, lastFrame: image }, { referenceImages: [image, image] }]) {
      const prompt = `images: ${Object.keys(images).join()}`;
      const call = await end(prompt, { operation: 'image-to-video', input: images });
      expect(call).toMatchObject({ status: 'completed', submissions: onePayment });
      await expectVideos(call.output, 1);
    }
  });

  async function expectVideos(output: unknown, count: number): Promise<void> {
    const { videos } = videosOutputSchema.parse(output);
    expect(videos).toHaveLength(count);
    for (const video of videos) {
      expect(video).toMatchObject({ contentType: 'video/mp4', durationSeconds: expect.any(Number) });
      const bytes = Buffer.from(await (await fetch(video.url ?? '')).arrayBuffer());
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(video.sha256);
    }
  }

  /** A picture that a user brought. */
  async function upload(): Promise<string> {
    const pixel = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
      'base64',
    );
    const form = new FormData();
    form.append('file', new Blob([pixel], { type: 'image/png' }), 'pixel.png');
    const headers = { 'x-darkroom-upload': '1' };
    const answer = await fetch(`${stack.main.url}/v1/uploads`, { method: 'POST', headers, body: form });
    expect(answer.status).toBe(201);
    return ((await answer.json()) as { id: string }).id;
  }
});

test.each([
  [{ kind: 'task_failed' }, 'provider_failed'],
  [{ kind: 'content_block', where: 'output' }, 'content_rejected'],
  [{ kind: 'empty_result' }, 'provider_response_invalid'],
])('an operation that ends with %j fails the call: %s', async (fault, code) => {
  const prompt = `ends: ${fault.kind}`;
  await stack.control.plan({ match: prompt, fault });
  expect(await end(prompt)).toMatchObject({ status: 'failed', error: { code }, submissions: { accepted: 1 } });
});

test('an answer that was lost is not asked for again: nobody can know whether it was paid', async () => {
  const prompt = 'lost answer: waves';
  await stack.control.plan({ match: prompt, fault: { kind: 'reset_after_accept' } });
  expect(await end(prompt)).toMatchObject({ status: 'failed', error: { code: 'submission_outcome_unknown' } });
  expect(await stack.control.submissions(prompt)).toMatchObject({ received: 1 });
});
