import { videoRequestSchema } from '@darkroom/contract';
import { findUntakenRequests } from '@darkroom/integration-sdk/requests';
import { expect, test } from '@jest/globals';
import { definition } from './definition.ts';
import { requestsForText, requestsWithImage } from './from-request.ts';

const request = (more: object = {}) => videoRequestSchema.parse({ type: 'video', prompt: 'waves', ...more });

test('a request becomes ten seconds of 16:9 in 1080p by default; pixels and frame rate are the provider’s', () => {
  const { input, notHonoured } = requestsForText.toInput(request());
  expect(input).toEqual({ prompt: 'waves\n\nStyle: realistic', duration: 10, ratio: '16:9', resolution: '1080p' });
  expect(notHonoured.map(({ field }) => field)).toEqual(['resolution', 'fps']);
});

test('a seed and 24 frames a second are honoured, a length that not every model makes is not', () => {
  const { input, notHonoured } = requestsForText.toInput(
    request({ seed: 7, fps: 24, duration: 60, resolution: '480x854', negativePrompt: 'rain' }),
  );
  expect(input).toMatchObject({ seed: 7, duration: 12, ratio: '9:16', resolution: '480p' });
  expect(notHonoured.map(({ field }) => field)).toEqual(['duration', 'resolution', 'negativePrompt']);
});

test('an image becomes the first frame', () => {
  const image = { uploadId: 'upl_01h2xcejqtf2nbrexx3vqjhp41' };
  expect(requestsWithImage.toInput(request({ image })).input).toMatchObject({ firstFrame: image });
});

test.each(Object.entries(definition.operations))(
  '%s takes what it makes of every valid request',
  (_name, operation) => {
    expect(findUntakenRequests(operation)).toEqual([]);
  },
);
