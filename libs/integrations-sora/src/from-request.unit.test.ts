import { videoRequestSchema } from '@darkroom/contract';
import { findUntakenRequests } from '@darkroom/integration-sdk/requests';
import { expect, test } from '@jest/globals';
import { definition } from './definition.ts';
import { requestsForText, requestsWithImage } from './from-request.ts';

const request = (more: object = {}) => videoRequestSchema.parse({ type: 'video', prompt: 'waves', ...more });
const mapped = (more: object = {}) => requestsForText.toInput(request(more));

test('a request becomes eight seconds of 1280x720 by default, and says that nothing of that is what was asked for', () => {
  const { input, notHonoured } = mapped();
  expect(input).toEqual({ prompt: 'waves\n\nStyle: realistic', seconds: 8, size: '1280x720' });
  expect(notHonoured.map(({ field }) => field)).toEqual(['duration', 'resolution', 'fps']);
});

test('a size that the larger model alone makes is made where exactly that is asked for', () => {
  expect(mapped({ resolution: '1024x1792' }).input).toMatchObject({ size: '1024x1792' });
  expect(mapped({ resolution: '1024x1790' }).input).toMatchObject({ size: '720x1280' });
});

test('what the API has no parameter for is listed', () => {
  const { notHonoured } = mapped({ duration: 12, resolution: '720x1280', seed: 1, negativePrompt: 'rain' });
  expect(notHonoured.map(({ field }) => field)).toEqual(['fps', 'negativePrompt', 'seed']);
});

test('an image becomes the first frame', () => {
  const image = 'https://a.example/1.png';
  expect(requestsWithImage.toInput(request({ image })).input).toMatchObject({ image });
});

test.each(Object.entries(definition.operations))(
  '%s takes what it makes of every valid request',
  (_name, operation) => {
    expect(findUntakenRequests(operation)).toEqual([]);
  },
);
