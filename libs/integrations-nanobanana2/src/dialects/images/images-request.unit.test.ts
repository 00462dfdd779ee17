import { expect, test } from '@jest/globals';
import { aspectRatios, imageSizes } from '../../input.schema.ts';
import { toChatRequest } from '../chat/to-provider-request.ts';
import { toImagesRequest } from './to-provider-request.ts';
import { toPixelSize } from './to-pixel-size.ts';

const settings = {
  apiKey: 'key',
  baseUrl: 'https://gateway.example/v1',
  model: 'nano-banana-2',
  dialect: 'images',
} as const;
const image = (contentType: string) => ({ field: 'images', contentType, bytes: Buffer.from('bytes') });
const headers = { authorization: 'Bearer key' };

test('an image from words is asked for as JSON', () => {
  expect(toImagesRequest({ input: { prompt: 'a lighthouse', aspectRatio: '16:9' }, images: [], settings })).toEqual({
    url: 'https://gateway.example/v1/images/generations',
    headers,
    body: { model: 'nano-banana-2', prompt: 'a lighthouse', n: 1, size: '1360x768', response_format: 'b64_json' },
  });
});

test('an edit is asked for as a form, with one image or several', () => {
  const edit = (images: ReturnType<typeof image>[]) =>
    toImagesRequest({ input: { prompt: 'make it night' }, images, settings });
  const fields = [
    { name: 'model', text: 'nano-banana-2' },
    { name: 'prompt', text: 'make it night' },
    { name: 'n', text: '1' },
    { name: 'response_format', text: 'b64_json' },
  ];
  const bytes = Buffer.from('bytes');
  expect(edit([image('image/png')])).toEqual({
    url: 'https://gateway.example/v1/images/edits',
    headers,
    form: [...fields, { name: 'image', fileName: 'image-1.png', contentType: 'image/png', bytes }],
  });
  expect(edit([image('image/png'), image('image/jpeg')])).toMatchObject({
    form: [...fields, { name: 'image[]', fileName: 'image-1.png' }, { name: 'image[]', fileName: 'image-2.jpeg' }],
  });
});

test('a chat carries the images as data URIs before the words', () => {
  expect(
    toChatRequest({ input: { prompt: 'make it night', imageSize: '2K' }, images: [image('image/png')], settings }),
  ).toEqual({
    url: 'https://gateway.example/v1/chat/completions',
    headers,
    body: {
      model: 'nano-banana-2',
      messages: [
        {
          role: 'user',
          content: [
            { type: 'image_url', image_url: { url: 'data:image/png;base64,Ynl0ZXM=' } },
            { type: 'text', text: 'make it night' },
          ],
        },
      ],
      imageConfig: { imageSize: '2K' },
    },
  });
});

test('every size has the asked shape, whole steps of 16 pixels and no side over 4096', () => {
  expect(toPixelSize({})).toBeUndefined();
  expect(toPixelSize({ imageSize: '2K' })).toBe('2048x2048');
  for (const aspectRatio of aspectRatios) {
    for (const imageSize of imageSizes) {
      const [width = 0, height = 0] = (toPixelSize({ aspectRatio, imageSize }) ?? '').split('x').map(Number);
      const [wide = 1, high = 1] = aspectRatio.split(':').map(Number);
      expect([width % 16, height % 16]).toEqual([0, 0]);
      expect(Math.max(width, height)).toBeLessThanOrEqual(4096);
      expect(Math.abs(width / height / (wide / high) - 1)).toBeLessThan(0.05);
    }
  }
});
