import { describe, expect, test } from '@jest/globals';
import { generationHandler } from './generation-handler.ts';

const settings = {
  apiKey: 'key',
  baseUrl: 'https://generativelanguage.googleapis.com/v1beta',
  model: 'veo-3.1-generate-preview',
};
const input = { prompt: 'waves at a lighthouse' };
const externalId = 'models/veo-3.1-generate-preview/operations/abc';

describe('the request', () => {
  const png = (field: string, text: string) => ({ field, contentType: 'image/png', bytes: Buffer.from(text) });
  const sent = (given: Parameters<typeof generationHandler.toProviderRequest>[0]) =>
    JSON.parse(JSON.stringify(generationHandler.toProviderRequest(given))) as unknown;

  test('asks for nothing that was not chosen', () => {
    expect(sent({ input, images: [], mediaUrls: [], settings })).toEqual({
      url: 'https://generativelanguage.googleapis.com/v1beta/models/veo-3.1-generate-preview:predictLongRunning',
      headers: { 'x-goog-api-key': 'key' },
      body: { instances: [{ prompt: 'waves at a lighthouse' }], parameters: {} },
    });
  });

  test('carries what was chosen', () => {
    const parameters = {
      aspectRatio: '9:16',
      resolution: '1080p',
      durationSeconds: 8,
      negativePrompt: 'people',
      personGeneration: 'allow_adult',
      sampleCount: 2,
    } as const;
    expect(sent({ input: { ...input, ...parameters }, images: [], mediaUrls: [], settings })).toMatchObject({
      body: { parameters },
    });
  });

  test('carries the first and the last frame inline', () => {
    const images = [png('lastFrame', 'last'), png('image', 'first')];
    expect(sent({ input, images, mediaUrls: [], settings })).toMatchObject({
      body: {
        instances: [
          {
            image: { bytesBase64Encoded: 'Zmlyc3Q=', mimeType: 'image/png' },
            lastFrame: { bytesBase64Encoded: 'bGFzdA==', mimeType: 'image/png' },
          },
        ],
      },
    });
  });

  test('carries the references inline, in their order', () => {
    const images = [png('referenceImages', 'one'), png('referenceImages', 'two')];
    expect(sent({ input, images, mediaUrls: [], settings })).toMatchObject({
      body: {
        instances: [
          {
            referenceImages: [
              { image: { bytesBase64Encoded: 'b25l', mimeType: 'image/png' }, referenceType: 'asset' },
              { image: { bytesBase64Encoded: 'dHdv', mimeType: 'image/png' }, referenceType: 'asset' },
            ],
          },
        ],
      },
    });
  });

  test('a look asks for the operation by its name', () => {
    expect(generationHandler.toPollRequest({ externalId, settings })).toEqual({
      method: 'GET',
      url: `https://generativelanguage.googleapis.com/v1beta/${externalId}`,
      headers: { 'x-goog-api-key': 'key' },
    });
  });
});
