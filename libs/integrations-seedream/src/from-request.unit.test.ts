import { imageRequestSchema } from '@darkroom/contract';
import { findUntakenRequests } from '@darkroom/integration-sdk/requests';
import { expect, test } from '@jest/globals';
import { definition } from './definition.ts';
import { requestsForText, requestsWithImages } from './from-request.ts';

const request = (more: object = {}) => imageRequestSchema.parse({ type: 'image', prompt: 'a fox', ...more });

test('a request gets the very pixels that were asked for', () => {
  expect(requestsForText.toInput(request({ width: 1366, height: 1024 }))).toMatchObject({
    input: { prompt: 'a fox\n\nStyle: photorealistic', size: '1366x1024' },
    notHonoured: [],
  });
});

test('fewer pixels than the provider makes become as few as it makes', () => {
  expect(requestsForText.toInput(request({ width: 512, height: 512 }))).toMatchObject({
    input: { size: '960x960' },
    notHonoured: [{ field: 'width' }, { field: 'height' }],
  });
});

test('of several images the answer says that the model decides how many they are, and lists what has no parameter', () => {
  const { input, notHonoured } = requestsForText.toInput(
    request({ numImages: 20, steps: 20, seed: 1, negativePrompt: 'rain' }),
  );
  expect(input['count']).toBe(15);
  expect(notHonoured.map(({ field }) => field)).toEqual(['numImages', 'steps', 'negativePrompt', 'seed']);
});

test('a request with images becomes one to change them', () => {
  const images = ['https://a.example/1.png'];
  expect(requestsWithImages.toInput(request({ images })).input).toMatchObject({ images, size: '1024x1024' });
});

test.each(Object.entries(definition.operations))(
  '%s takes what it makes of every valid request',
  (_name, operation) => {
    expect(findUntakenRequests(operation)).toEqual([]);
  },
);
