import { videoRequestSchema } from '@darkroom/contract';
import { findUntakenRequests } from '@darkroom/integration-sdk/requests';
import { expect, test } from '@jest/globals';
import { definition } from './definition.ts';
import { requestsForText, requestsWithImage } from './from-request.ts';

const request = (more: object = {}) => videoRequestSchema.parse({ type: 'video', prompt: 'waves', ...more });
const mapped = (more: object = {}) => requestsForText.toInput(request(more));

test('a request becomes eight seconds of 16:9 in 1080p by default, and says that it is neither ten seconds nor 30 fps', () => {
  const { input, notHonoured } = mapped();
  expect(input).toEqual({
    prompt: 'waves\n\nStyle: realistic',
    durationSeconds: 8,
    aspectRatio: '16:9',
    resolution: '1080p',
  });
  expect(notHonoured.map(({ field }) => field)).toEqual(['duration', 'fps']);
});

test('a shorter video is 720p, because the larger ones need eight seconds', () => {
  const { input, notHonoured } = mapped({ duration: 4, fps: 24 });
  expect(input).toMatchObject({ durationSeconds: 4, resolution: '720p' });
  expect(notHonoured).toEqual([
    { field: 'resolution', reason: 'It is made 1280x720, the nearest size that is offered.' },
  ]);
});

test('4k is made where exactly that is asked for', () => {
  expect(mapped({ duration: 8, resolution: '2160x3840' }).input).toMatchObject({
    aspectRatio: '9:16',
    resolution: '4k',
  });
  expect(mapped({ duration: 8, resolution: '3000x1688' }).input).toMatchObject({ resolution: '1080p' });
});

test('what is not to be seen is honoured, a seed is not', () => {
  const { input, notHonoured } = mapped({ duration: 8, fps: 24, seed: 1, negativePrompt: 'rain' });
  expect(input).toMatchObject({ negativePrompt: 'rain' });
  expect(notHonoured.map(({ field }) => field)).toEqual(['seed']);
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
