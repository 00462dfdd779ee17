import { afterAll, beforeAll, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { openai } from './dialect-client.ts';
import { cornerOf, sizeOf } from './image-facts.ts';
import { postJson, startSimulator, type RunningSimulator } from './running-simulator.ts';

let simulator: RunningSimulator;

beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.stop());

const generate = (body: object) =>
  postJson(
    `${simulator.origin}${openai.path}`,
    { model: 'nano-banana-2', prompt: 'a boat', ...body },
    openai.headers('k'),
  );

test('answers base64 with a request id', async () => {
  const response = await generate({ response_format: 'b64_json' });
  expect(response.headers.get('content-type')).toBe('application/json');
  expect(response.headers.get('x-request-id')).toMatch(/^req_[0-9a-f]{32}$/);
  expect(await response.json()).toEqual({ created: expect.any(Number), data: [{ b64_json: expect.any(String) }] });
});

test('answers a URL that serves the image', async () => {
  const { data } = (await (await generate({ response_format: 'url' })).json()) as { data: { url: string }[] };
  const file = await fetch(data[0]?.url ?? '');
  expect(file.headers.get('content-type')).toBe('image/png');
  expect(await sizeOf(Buffer.from(await file.arrayBuffer()).toString('base64'))).toMatchObject({ width: 1024 });
});

test('draws as many images as asked, each another, in the size that was asked for', async () => {
  const response = await generate({ n: 2, size: '640x480', response_format: 'b64_json' });
  const { data } = (await response.json()) as { data: { b64_json: string }[] };
  expect(new Set(data.map(({ b64_json }) => b64_json)).size).toBe(2);
  expect(await sizeOf(data[0]?.b64_json)).toMatchObject({ width: 640, height: 480 });
});

test('takes an edit as a form with files', async () => {
  const png = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#00ff00' } })
    .png()
    .toBuffer();
  const form = new FormData();
  form.set('model', 'gpt-image-1');
  form.set('prompt', 'make it night');
  form.set('image', new Blob([new Uint8Array(png)], { type: 'image/png' }), 'input.png');
  const url = `${simulator.origin}/openai/v1/images/edits`;
  const response = await fetch(url, { method: 'POST', headers: openai.headers('k'), body: form });
  expect(await cornerOf(openai.imageIn(await response.json()))).toEqual([0, 255, 0]);
});

test.each([{ size: '10000x1' }, { n: 0 }, { image: 'https://example.com/a.png' }])('refuses %o', async (body) => {
  const response = await generate(body);
  expect(response.status).toBe(400);
  expect(await response.json()).toEqual({
    error: {
      message: expect.any(String),
      type: 'invalid_request_error',
      param: Object.keys(body)[0],
      code: 'invalid_value',
    },
  });
});

test('a plan on downloads is for the image that an answer points to', async () => {
  await simulator.plan({ match: 'a picture by url', delivery: 'url' });
  await simulator.plan({ match: 'a picture by url', on: 'download', times: 1, fault: 'unavailable_html' });
  const answer = await (await openai.ask(simulator.origin, 'a picture by url')).json();
  const url = (answer as { data: { url: string }[] }).data[0]?.url ?? '';
  expect((await fetch(url)).status).toBe(503);
  expect((await fetch(url)).status).toBe(200);
});
