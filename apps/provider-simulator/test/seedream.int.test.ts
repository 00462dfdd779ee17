import { afterAll, beforeAll, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { seedream } from './dialect-client.ts';
import { cornerOf, sizeOf } from './image-facts.ts';
import { postJson, startSimulator, type RunningSimulator } from './running-simulator.ts';
import { serveFile } from './served-file.ts';

let simulator: RunningSimulator;

beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.stop());

const model = 'doubao-seedream-4-0-250828';
const generate = (body: object) =>
  postJson(
    `${simulator.origin}${seedream.path}`,
    { model, prompt: 'a boat', size: '1280x720', ...body },
    seedream.headers('k'),
  );
const answerTo = async (body: object) => (await (await generate(body)).json()) as Answer;

interface Answer {
  data: { url?: string; b64_json?: string; size?: string; error?: { code: string; message: string } }[];
  usage: { generated_images: number; output_tokens: number };
  error?: { code: string };
}

test('answers a URL that serves a JPEG of the stated size, with what is billed', async () => {
  const response = await generate({ size: '1K' });
  expect(response.headers.get('x-request-id')).toMatch(/^02\d+/);
  const answer = (await response.json()) as Answer;
  expect(answer).toEqual({
    model,
    created: expect.any(Number),
    data: [{ url: expect.stringMatching(/^http/), size: '1024x1024' }],
    usage: { generated_images: 1, output_tokens: 4096, total_tokens: 4096 },
  });
  const file = Buffer.from(await (await fetch(answer.data[0]?.url ?? '')).arrayBuffer());
  expect(await sizeOf(file.toString('base64'))).toEqual({ width: 1024, height: 1024, format: 'jpeg' });
});

test('takes the shape for a size class from the prompt', async () => {
  const { data } = await answerTo({ prompt: 'a boat, 16:9', size: '1K', response_format: 'b64_json' });
  expect(data[0]?.size).toBe('1360x752');
  expect(await sizeOf(data[0]?.b64_json)).toMatchObject({ width: 1360, height: 752 });
});

test('answers a group of different images, no more than asked', async () => {
  const sequential_image_generation_options = { max_images: 2 };
  const group = {
    sequential_image_generation: 'auto',
    sequential_image_generation_options,
    response_format: 'b64_json',
  };
  const { data, usage } = await answerTo(group);
  expect(new Set(data.map(({ b64_json }) => b64_json)).size).toBe(2);
  expect(usage.generated_images).toBe(2);
});

test('marks the image unless the client wants no watermark', async () => {
  const marked = await answerTo({ response_format: 'b64_json' });
  const plain = await answerTo({ response_format: 'b64_json', watermark: false });
  expect(marked.data[0]?.b64_json).not.toBe(plain.data[0]?.b64_json);
});

test('fetches input images from this machine, and refuses what it cannot fetch there', async () => {
  const png = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#00ff00' } })
    .png()
    .toBuffer();
  const file = await serveFile('/signed.png', png);
  const ask = (image: string) => generate({ image, response_format: 'b64_json', output_format: 'png' });
  const answer = (await (await ask(file.url)).json()) as Answer;
  const refusal = await ask(file.wrongUrl);
  await file.stop();
  expect(await cornerOf(answer.data[0]?.b64_json)).toEqual([0, 255, 0]);
  expect(refusal.status).toBe(400);
  expect(await refusal.json()).toMatchObject({ error: { code: 'InvalidParameter', param: 'image' } });
});

test('plays partial_failure: status 200, one item of the group an error, and only the others billed', async () => {
  await simulator.plan({ match: 'partly', fault: 'partial_failure' });
  const prompt = 'partly';
  const { data, usage } = await answerTo({ prompt, sequential_image_generation: 'auto' });
  expect(data.map((item) => item.error?.code ?? 'image')).toEqual([
    'image',
    'OutputImageSensitiveContentDetected',
    'image',
  ]);
  expect(usage.generated_images).toBe(2);
  expect((await simulator.submissions(prompt)).accepted).toBe(1);
});

test('plays error_in_200: status 200 whose whole body is an error', async () => {
  await simulator.plan({ match: 'all wrong', fault: 'error_in_200' });
  const response = await generate({ prompt: 'all wrong' });
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ error: { code: 'InternalServiceError', type: 'InternalServerError' } });
});

test.each([
  [{ size: '512x512' }, 'InvalidParameter', 400],
  [{ size: '8000x400' }, 'InvalidParameter', 400],
  [{ prompt: '' }, 'InvalidParameter', 400],
  [{ image: 'data:image/png;base64,AAAA' }, 'InvalidParameter', 400],
  [{ model: 'no-such-model' }, 'InvalidEndpointOrModel.NotFound', 404],
])('refuses %o with %s', async (body, code, status) => {
  const response = await generate(body);
  expect(response.status).toBe(status);
  expect(await response.json()).toEqual({
    error: {
      code,
      message: expect.stringMatching(/Request id: 02/),
      param: expect.any(String),
      type: expect.any(String),
    },
  });
});

test.each([
  ['rate_limited', 429, 'RateLimitExceeded.EndpointRPMExceeded'],
  [{ kind: 'rate_limited', perDay: true }, 429, 'QuotaExceeded'],
  ['quota_exceeded', 403, 'AccountOverdueError'],
  ['unavailable_envelope', 429, 'ServerOverloaded'],
  [{ kind: 'content_block' }, 400, 'InputTextSensitiveContentDetected'],
  [{ kind: 'content_block', where: 'output' }, 400, 'OutputImageSensitiveContentDetected'],
])('plays %o as status %d and %s', async (fault, status, code) => {
  const prompt = `fault ${JSON.stringify(fault)}`;
  await simulator.plan({ match: prompt, fault });
  const response = await generate({ prompt });
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ error: { code } });
});
