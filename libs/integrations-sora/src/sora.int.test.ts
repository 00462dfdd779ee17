import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { expectNoLeakedProcesses, startStack, type Stack } from '@darkroom/testing';
import { definition } from './definition.ts';
import { videoOutputSchema } from './output.schema.ts';
import * as workflows from './workflows/index.ts';

const integration = 'sora';
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
  test('from words: the video and its thumbnail, downloaded with the key', async () => {
    const prompt = 'words: waves at a lighthouse';
    const call = await end(prompt, { input: { seconds: 4, size: '1280x720' } });
    expect(call).toMatchObject({ status: 'completed', submissions: onePayment });
    await expectVideo(call.output);
    expect(await stack.control.submissions(prompt)).toMatchObject({ accepted: 1 });
  });

  test('from an upload, which is sent as a file', async () => {
    const input = { image: { uploadId: await upload() } };
    const call = await end('an image: waves', { operation: 'image-to-video', input });
    expect(call).toMatchObject({ status: 'completed', submissions: onePayment });
    await expectVideo(call.output);
  });

  test('without a thumbnail, where it cannot be downloaded', async () => {
    const prompt = 'no thumbnail: waves';
    await stack.control.plan({ match: prompt, on: 'download', after: 1, fault: { kind: 'not_found' } });
    const { status, output } = await end(prompt);
    expect(status).toBe('completed');
    expect(Object.keys(videoOutputSchema.parse(output))).toEqual(['videos']);
  });

  async function expectVideo(output: unknown): Promise<void> {
    const { videos, thumbnail } = videoOutputSchema.parse(output);
    expect(videos).toMatchObject([{ contentType: 'video/mp4', durationSeconds: expect.any(Number) }]);
    expect(thumbnail).toMatchObject({ contentType: expect.stringMatching(/^image\//), role: 'thumbnail' });
    for (const { url = '', sha256 } of [...videos, ...(thumbnail ? [thumbnail] : [])]) {
      const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
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

test('a job that fails fails the call', async () => {
  const prompt = 'ends: failed';
  await stack.control.plan({ match: prompt, fault: { kind: 'task_failed' } });
  expect(await end(prompt)).toMatchObject({ status: 'failed', error: { code: 'provider_failed' } });
});

test.each([
  ['prompt', { accepted: 0, refused: 1 }],
  ['output', { accepted: 1, refused: 0 }],
])('what moderation blocks at the %s is content_rejected', async (where, submissions) => {
  const prompt = `blocked: ${where}`;
  await stack.control.plan({ match: prompt, fault: { kind: 'content_block', where } });
  expect(await end(prompt)).toMatchObject({ status: 'failed', error: { code: 'content_rejected' }, submissions });
});

test('a submission that the list proves not to be there is made again', async () => {
  const prompt = 'lost and not taken: waves';
  await stack.control.plan({ match: prompt, times: 1, fault: { kind: 'empty_502', accepted: false } });
  const { id } = await stack.submit({ prompt, integration, operation: 'text-to-video' });
  expect(await stack.waitForEnd(id, 150)).toMatchObject({ status: 'completed', submissions: { claimed: 2 } });
  expect(await stack.control.submissions(prompt)).toMatchObject({ accepted: 1 });
});
