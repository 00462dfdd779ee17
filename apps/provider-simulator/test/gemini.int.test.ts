import { afterAll, beforeAll, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { gemini } from './dialect-client.ts';
import { cornerOf, sizeOf } from './image-facts.ts';
import { postJson, startSimulator, type RunningSimulator } from './running-simulator.ts';

let simulator: RunningSimulator;

beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.stop());

const askWith = async (model: string, generationConfig: object, inputs: readonly string[] = []) => {
  const parts = [{ text: 'make it night' }, ...inputs.map((data) => ({ inlineData: { mimeType: 'image/png', data } }))];
  const url = `${simulator.origin}/gemini/v1beta/models/${model}:generateContent`;
  return postJson(url, { contents: [{ role: 'user', parts }], generationConfig }, gemini.headers('k'));
};

test('answers as Google does: candidates, usage, model version and response id, indented', async () => {
  const response = await gemini.ask(simulator.origin, 'a lighthouse at dawn');
  expect(response.headers.get('content-type')).toBe('application/json; charset=UTF-8');
  const text = await response.text();
  expect(text).toMatch(/^\{\n {2}"candidates": \[\n/);
  expect(JSON.parse(text)).toEqual({
    candidates: [
      {
        content: {
          parts: [{ text: 'Here you go: ' }, { inlineData: { mimeType: 'image/png', data: expect.any(String) } }],
          role: 'model',
        },
        finishReason: 'STOP',
        index: 0,
      },
    ],
    usageMetadata: {
      promptTokenCount: 5,
      candidatesTokenCount: 1290,
      totalTokenCount: 1295,
      promptTokensDetails: [{ modality: 'TEXT', tokenCount: 5 }],
      candidatesTokensDetails: [{ modality: 'IMAGE', tokenCount: 1290 }],
    },
    modelVersion: 'gemini-2.5-flash-image',
    responseId: expect.stringMatching(/^[\w-]{23}$/),
  });
});

test('adds thought signatures and thought tokens for the models that think', async () => {
  const answer = await (await askWith('gemini-3-pro-image', {})).json();
  expect(answer).toMatchObject({
    candidates: [{ content: { parts: [{}, { thoughtSignature: expect.stringMatching(/^.{500,}$/) }] } }],
    usageMetadata: { thoughtsTokenCount: expect.any(Number) },
  });
});

test('leaves the text out where only an image is asked for', async () => {
  const answer = await (await askWith('gemini-2.5-flash-image', { responseModalities: ['IMAGE'] })).json();
  expect(answer).toMatchObject({ candidates: [{ content: { parts: [{ inlineData: {} }] } }] });
});

test.each([
  [{ aspectRatio: '16:9' }, { width: 1376, height: 768 }],
  [
    { aspectRatio: '9:16', imageSize: '1K' },
    { width: 768, height: 1376 },
  ],
  [
    { aspectRatio: '1:1', imageSize: '2K' },
    { width: 2048, height: 2048 },
  ],
])('draws %o in its pixels', async (imageConfig, size) => {
  const answer = await (await askWith('gemini-3.1-flash-image', { imageConfig })).json();
  expect(await sizeOf(gemini.imageIn(answer))).toMatchObject(size);
});

test('keeps the input visible in an edit, in the aspect ratio of the input', async () => {
  const red = sharp({ create: { width: 300, height: 200, channels: 3, background: '#ff0000' } });
  const input = (await red.png().toBuffer()).toString('base64');
  const image = gemini.imageIn(await (await askWith('gemini-2.5-flash-image', {}, [input])).json());
  expect(await sizeOf(image)).toMatchObject({ width: 1264, height: 848 });
  expect(await cornerOf(image)).toEqual([255, 0, 0]);
});

test.each([
  ['an aspect ratio that it does not know', { imageConfig: { aspectRatio: '7:5' } }],
  ['a field that the Developer API does not have', { imageConfig: { personGeneration: 'ALLOW_ALL' } }],
])('refuses %s', async (_name, generationConfig) => {
  const response = await askWith('gemini-2.5-flash-image', generationConfig);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: { code: 400, status: 'INVALID_ARGUMENT' } });
});

test('refuses an input that is no image', async () => {
  const response = await askWith('gemini-2.5-flash-image', {}, [Buffer.from('text').toString('base64')]);
  expect(await response.json()).toMatchObject({ error: { code: 400, status: 'INVALID_ARGUMENT' } });
});
