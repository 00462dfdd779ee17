import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { expectNoLeakedProcesses, startStack, type Stack } from '@darkroom/testing';
import { pictureAddress } from '../test/picture-address.ts';
import { imagesOutputSchema } from './output.schema.ts';

const integration = 'seedream';
let stack: Stack;

beforeAll(async () => {
  const shared = { ENABLED_INTEGRATIONS: integration };
  stack = await startStack({ mainEnvironment: shared, workerEnvironment: shared });
});

afterAll(async () => {
  await stack?.stop();
  await expectNoLeakedProcesses();
});

async function expectFiles(output: unknown, count: number, size: { width: number; height: number }): Promise<void> {
  const { images } = imagesOutputSchema.parse(output);
  expect(images).toHaveLength(count);
  for (const image of images) {
    expect(image).toMatchObject(size);
    const bytes = Buffer.from(await (await fetch(image.url ?? '')).arrayBuffer());
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(image.sha256);
  }
}

test('an image is drawn from words, and stored', async () => {
  const prompt = 'one: a lighthouse at dawn';
  const { id } = await stack.submit({ integration, prompt, input: { size: '1280x720' } });
  const call = await stack.waitForEnd(id);
  expect(call).toMatchObject({ status: 'completed', simulated: true, submissions: { claimed: 1, accepted: 1 } });
  expect(call.output).toMatchObject({
    failures: [],
    usage: { generatedImages: 1 },
    images: [{ contentType: 'image/jpeg' }],
  });
  await expectFiles(call.output, 1, { width: 1280, height: 720 });
  expect(await stack.control.submissions(prompt)).toMatchObject({ accepted: 1 });
});

test('an image is changed, and the file type can be chosen', async () => {
  const images = [await pictureAddress(stack.simulator.url)];
  const input = { images, size: '1280x720', outputFormat: 'png' };
  const { id } = await stack.submit({ integration, operation: 'image-to-image', prompt: 'two: make it night', input });
  const call = await stack.waitForEnd(id);
  expect(call).toMatchObject({ status: 'completed', output: { images: [{ contentType: 'image/png' }] } });
});

test('a group of which moderation takes one keeps the others, and says what is missing', async () => {
  const prompt = 'three: the seasons';
  await stack.control.plan({ match: prompt, fault: { kind: 'partial_failure' } });
  const { id } = await stack.submit({ integration, prompt, input: { count: 3, size: '1280x720' } });
  const call = await stack.waitForEnd(id);
  expect(call).toMatchObject({
    status: 'completed',
    output: { failures: [{ position: expect.any(Number), code: 'OutputImageSensitiveContentDetected' }] },
  });
  await expectFiles(call.output, 2, { width: 1280, height: 720 });
});

test('an error inside a success fails the call', async () => {
  const prompt = 'four: an error in a success';
  await stack.control.plan({ match: prompt, fault: { kind: 'error_in_200' } });
  const { id } = await stack.submit({ integration, prompt });
  expect(await stack.waitForEnd(id)).toMatchObject({
    status: 'failed',
    error: { code: 'provider_failed', provider: { code: 'InternalServiceError' } },
  });
});
