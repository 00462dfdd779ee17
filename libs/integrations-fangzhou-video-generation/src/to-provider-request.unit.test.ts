import { expect, test } from '@jest/globals';
import type { VideoInput } from './input.schema.ts';
import { toProviderRequest } from './to-provider-request.ts';

const baseUrl = 'https://ark.cn-beijing.volces.com/api/v3/contents/generations/tasks';
const image = (field: string) => ({ field, contentType: 'image/png', bytes: Buffer.from('bytes') });
const ask = (model: string, input: VideoInput, images: ReturnType<typeof image>[] = [], callbackUrl?: string) =>
  toProviderRequest({
    input,
    images,
    mediaUrls: [],
    settings: { apiKey: 'key', baseUrl, model },
    ...(callbackUrl && { callbackUrl }),
  });

const look = { resolution: '720p', ratio: '16:9', duration: 5, seed: 7, cameraFixed: true, watermark: false } as const;
const rest = {
  draft: true,
  returnLastFrame: true,
  serviceTier: 'flex',
  executionExpiresAfter: 3600,
  priority: 3,
  safetyIdentifier: 'f00d',
  webSearch: true,
} as const;

test('models since Seedance 1.5 get every parameter as a field', () => {
  const input = { prompt: 'a lighthouse', ...look, ...rest, generateAudio: true };
  expect(ask('doubao-seedance-2-0-260128', input, [], 'https://us.example/callbacks/x')).toEqual({
    url: baseUrl,
    headers: { authorization: 'Bearer key' },
    body: {
      model: 'doubao-seedance-2-0-260128',
      content: [{ type: 'text', text: 'a lighthouse' }],
      resolution: '720p',
      ratio: '16:9',
      duration: 5,
      seed: 7,
      camera_fixed: true,
      watermark: false,
      generate_audio: true,
      draft: true,
      return_last_frame: true,
      service_tier: 'flex',
      execution_expires_after: 3600,
      priority: 3,
      safety_identifier: 'f00d',
      tools: [{ type: 'web_search' }],
      callback_url: 'https://us.example/callbacks/x',
    },
  });
});

test('Seedance 1.0 gets how the video is to look as flags in the text', () => {
  expect(
    ask('doubao-seedance-1-0-pro-250528', { prompt: 'a lighthouse', ...look, returnLastFrame: true }),
  ).toMatchObject({
    body: {
      model: 'doubao-seedance-1-0-pro-250528',
      content: [
        {
          type: 'text',
          text: 'a lighthouse --resolution 720p --ratio 16:9 --duration 5 --seed 7 --camerafixed true --watermark false',
        },
      ],
      return_last_frame: true,
    },
  });
  expect(ask('doubao-seedance-1-0-lite-t2v-250428', { prompt: 'a', frames: 29 })).toMatchObject({
    body: { content: [{ text: 'a --frames 29' }] },
  });
});

test('what is not given is not sent: the provider’s defaults hold', () => {
  for (const model of ['doubao-seedance-1-0-pro-250528', 'ep-20260514-abcde']) {
    expect(ask(model, { prompt: 'a' })).toHaveProperty('body', { model, content: [{ type: 'text', text: 'a' }] });
  }
});

test('images go inline, in their roles, with or without words', () => {
  const url = 'data:image/png;base64,Ynl0ZXM=';
  const frames = { firstFrame: 'https://a.example/1.png', lastFrame: 'https://a.example/2.png' };
  expect(ask('ep-1', frames, [image('firstFrame'), image('lastFrame')])).toMatchObject({
    body: {
      content: [
        { type: 'image_url', image_url: { url }, role: 'first_frame' },
        { type: 'image_url', image_url: { url }, role: 'last_frame' },
      ],
    },
  });
  expect(ask('ep-1', { prompt: 'a', references: [] }, [image('references')])).toMatchObject({
    body: {
      content: [
        { type: 'text', text: 'a' },
        { image_url: { url }, role: 'reference_image' },
      ],
    },
  });
});

test('reference videos go by their addresses', () => {
  const url = 'https://us.example/media/1';
  const given = { input: { referenceVideos: [url] }, images: [], mediaUrls: [{ field: 'referenceVideos', url }] };
  expect(toProviderRequest({ ...given, settings: { apiKey: 'key', baseUrl, model: 'ep-1' } })).toMatchObject({
    body: { content: [{ type: 'video_url', video_url: { url }, role: 'reference_video' }] },
  });
});
