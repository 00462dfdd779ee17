import { afterAll, beforeAll, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { litellm } from './dialect-client.ts';
import { cornerOf } from './image-facts.ts';
import { postJson, startSimulator, type RunningSimulator } from './running-simulator.ts';

let simulator: RunningSimulator;

beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.stop());

test('answers as a chat completion whose message carries a data URI', async () => {
  expect(await (await litellm.ask(simulator.origin, 'a bridge')).json()).toEqual({
    id: expect.stringMatching(/^chatcmpl-/),
    object: 'chat.completion',
    created: expect.any(Number),
    model: 'gemini-3-pro-image-preview',
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: null,
          images: [
            {
              image_url: { url: expect.stringMatching(/^data:image\/png;base64,iVBOR/), detail: 'auto' },
              index: 0,
              type: 'image_url',
            },
          ],
        },
        finish_reason: 'stop',
      },
    ],
    usage: { prompt_tokens: 2, completion_tokens: 1290, total_tokens: 1292 },
  });
});

test.each([
  ['inline_string', { images: [{ image_url: expect.stringMatching(/^data:image\/png;base64,/) }] }],
  ['markdown', { content: expect.stringMatching(/!\[image\]\(data:image\/png;base64,[^)]+\)$/) }],
  ['url', { images: [{ image_url: { url: expect.stringMatching(/^http:.*\/files\//) } }] }],
  ['url_in_text', { content: expect.stringMatching(/^Here is your image: http:\S+\/files\/\S+\.png$/) }],
])('delivers %s where a plan says so', async (delivery, message) => {
  await simulator.plan({ match: `deliver ${delivery} now`, delivery });
  const answer = await (await litellm.ask(simulator.origin, `deliver ${delivery} now`)).json();
  expect(answer).toMatchObject({ choices: [{ message }] });
});

test('keeps a data URI of the message visible in the edit', async () => {
  const png = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#0000ff' } })
    .png()
    .toBuffer();
  const url = `data:image/png;base64,${png.toString('base64')}`;
  const content = [
    { type: 'image_url', image_url: { url } },
    { type: 'text', text: 'make it night' },
  ];
  const body = { model: 'vertex_ai/gemini-3-pro-image-preview', messages: [{ role: 'user', content }] };
  const response = await postJson(simulator.origin + litellm.path, body, litellm.headers('k'));
  expect(await cornerOf(litellm.imageIn(await response.json()))).toEqual([0, 0, 255]);
});
