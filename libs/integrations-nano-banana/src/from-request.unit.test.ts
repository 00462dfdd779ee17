import { imageRequestSchema } from '@darkroom/contract';
import { findUntakenRequests } from '@darkroom/integration-sdk/requests';
import { expect, test } from '@jest/globals';
import { definition } from './definition.ts';
import { requestsForText, requestsWithImages } from './from-request.ts';

const request = (more: object = {}) => imageRequestSchema.parse({ type: 'image', prompt: 'a fox', ...more });

test('a request becomes a square in 1K by default, which is what was asked for', () => {
  expect(requestsForText.toInput(request())).toMatchObject({
    input: { prompt: 'a fox\n\nStyle: photorealistic', aspectRatio: '1:1', resolution: '1K' },
    notHonoured: [],
  });
});

test('what the model has no parameter for is listed', () => {
  const { input, notHonoured } = requestsForText.toInput(
    request({ width: 4096, height: 1024, numImages: 2, steps: 20, seed: 1, negativePrompt: 'rain' }),
  );
  expect(input).toMatchObject({ aspectRatio: '4:1', resolution: '2K' });
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
  const images = [{ uploadId: 'upl_01h2xcejqtf2nbrexx3vqjhp41' }];
  expect(requestsWithImages.toInput(request({ images })).input).toMatchObject({ images });
});

test.each(Object.entries(definition.operations))(
  '%s takes what it makes of every valid request',
  (_name, operation) => {
    expect(findUntakenRequests(operation)).toEqual([]);
  },
);
