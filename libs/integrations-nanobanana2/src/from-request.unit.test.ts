import { imageRequestSchema } from '@darkroom/contract';
import { findUntakenRequests } from '@darkroom/integration-sdk/requests';
import { expect, test } from '@jest/globals';
import { definition } from './definition.ts';
import { requestsForText, requestsWithImages } from './from-request.ts';

const request = (more: object = {}) => imageRequestSchema.parse({ type: 'image', prompt: 'a fox', ...more });

test('a request becomes a square in 1K by default, which is what was asked for', () => {
  expect(requestsForText.toInput(request())).toMatchObject({
    input: { prompt: 'a fox\n\nStyle: photorealistic', aspectRatio: '1:1' },
    notHonoured: [],
  });
});

test('what the models have no parameter for is listed', () => {
  const { input, notHonoured } = requestsForText.toInput(
    request({ width: 5504, height: 3072, numImages: 2, steps: 20, seed: 1, negativePrompt: 'rain' }),
  );
  expect(input).toMatchObject({ aspectRatio: '16:9', imageSize: '4K' });
  expect(notHonoured.map(({ field }) => field)).toEqual([
    'width',
    'height',
    'numImages',
    'steps',
    'negativePrompt',
    'seed',
  ]);
});

test('a request with images becomes one to change them', () => {
  const images = ['https://a.example/1.png'];
  expect(requestsWithImages.toInput(request({ images })).input).toMatchObject({ images, aspectRatio: '1:1' });
});

test.each(Object.entries(definition.operations))(
  '%s takes what it makes of every valid request',
  (_name, operation) => {
    expect(findUntakenRequests(operation)).toEqual([]);
  },
);
