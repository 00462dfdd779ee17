import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { everyDialect, example, gemini, litellm, openai } from './dialect-client.ts';
import { postJson, startSimulator, type RunningSimulator } from './running-simulator.ts';

let simulator: RunningSimulator;

beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.stop());

const sizeOf = async (base64: string | undefined) => {
  const { width, height, format } = await sharp(Buffer.from(base64 ?? '', 'base64')).metadata();
  return { width, height, format };
};

const cornerOf = async (base64: string | undefined) => {
  const corner = { left: 0, top: 0, width: 1, height: 1 };
  return [
    ...(await sharp(Buffer.from(base64 ?? '', 'base64'))
      .extract(corner)
      .raw()
      .toBuffer()),
  ];
};

describe.each(everyDialect)('$name', (dialect) => {
  test('answers a prompt with an image that can be decoded, and counts one submission', async () => {
    const prompt = `an image by ${dialect.name}`;
    const response = await dialect.ask(simulator.origin, prompt);
    expect(response.status).toBe(200);
    const image = dialect.imageIn(await response.json());
    expect((await sizeOf(image)).format).toBe('png');
    const { accepted, items } = await simulator.submissions(prompt);
    expect(accepted).toBe(1);
    expect(items[0]).toMatchObject({ provider: dialect.name, prompt, outcome: 'answered', accepted: true });
  });

  test('draws the same bytes for the same prompt, and others for another', async () => {
    const ask = async (prompt: string) => dialect.imageIn(await (await dialect.ask(simulator.origin, prompt)).json());
    const [first, again, other] = [await ask('a fox'), await ask('a fox'), await ask('a wolf')];
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  test('answers in the image format that a plan asks for', async () => {
    await simulator.plan({ match: `jpeg by ${dialect.name}`, imageFormat: 'jpeg' });
    const response = await dialect.ask(simulator.origin, `jpeg by ${dialect.name}`);
    expect((await sizeOf(dialect.imageIn(await response.json()))).format).toBe('jpeg');
  });

  test('answers the fixed image to every prompt where a plan says so', async () => {
    await simulator.plan({ match: 'bench', fixedImage: true });
    const answers = await Promise.all(['bench 1', 'bench 2'].map((prompt) => dialect.ask(simulator.origin, prompt)));
    const [one, two] = await Promise.all(answers.map(async (answer) => dialect.imageIn(await answer.json())));
    expect(one).toBeDefined();
    expect(two).toBe(one);
  });
});

describe('gemini', () => {
  const askWith = async (model: string, generationConfig: object, inputs: readonly string[] = []) => {
    const parts = [
      { text: 'make it night' },
      ...inputs.map((data) => ({ inlineData: { mimeType: 'image/png', data } })),
    ];
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
});

describe('openai', () => {
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
});

describe('litellm', () => {
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
});

test('the example provider answers an id and the image in the size that was asked for', async () => {
  const answer = await (await example.ask(simulator.origin, 'a small picture')).json();
  expect(answer).toEqual({ id: expect.stringMatching(/^img_/), image: expect.any(String) });
  expect(await sizeOf(example.imageIn(answer))).toMatchObject({ width: 320, height: 200 });
});
