import { imageRequestSchema } from '@darkroom/contract';
import { findUntakenRequests } from '@darkroom/integration-sdk/requests';
import { expect, test } from '@jest/globals';
import { definition } from './definition.ts';
import { fromRequest } from './from-request.ts';

const mapped = (more: object = {}) =>
  fromRequest.toInput(imageRequestSchema.parse({ type: 'image', prompt: 'a fox', ...more }));

test('a request becomes a prompt with the style in it, and the nearest of two sizes', () => {
  expect(mapped()).toMatchObject({
    input: { prompt: 'a fox\n\nStyle: photorealistic', size: '1024x1024' },
    notHonoured: [],
  });
  expect(mapped({ width: 640, height: 480, numImages: 2 })).toMatchObject({
    input: { size: '512x512' },
    notHonoured: [{ field: 'width' }, { field: 'height' }, { field: 'numImages' }],
  });
});

test.each(Object.entries(definition.operations))(
  '%s takes what it makes of every valid request',
  (_name, operation) => {
    expect(findUntakenRequests(operation)).toEqual([]);
  },
);
