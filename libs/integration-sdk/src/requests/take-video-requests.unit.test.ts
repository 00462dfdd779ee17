import { videoRequestSchema } from '@darkroom/contract';
import { describe, expect, test } from '@jest/globals';
import { sizesOfPixels } from './offered-sizes.ts';
import { takeVideoRequests, type VideoRequestTable } from './take-video-requests.ts';

const plain = {
  maxPromptLength: 100,
  duration: { field: 'seconds', offered: [4, 8, 12] },
  sizes: sizesOfPixels('size', ['1280x720', '720x1280']),
} satisfies VideoRequestTable;
const map = (request: object = {}, table: VideoRequestTable = plain) =>
  takeVideoRequests(table).toInput(videoRequestSchema.parse({ type: 'video', prompt: 'waves', ...request }));

describe('a request for a video', () => {
  test('has the defaults 10 s, 1920x1080, 30 fps, realistic', () => {
    expect(videoRequestSchema.parse({ type: 'video', prompt: 'waves' })).toEqual({
      type: 'video',
      prompt: 'waves',
      duration: 10,
      resolution: '1920x1080',
      fps: 30,
      style: 'realistic',
    });
  });

  test('lists what the provider cannot honour, defaults included', () => {
    expect(map({ seed: 1, negativePrompt: 'rain' })).toEqual({
      input: { prompt: 'waves\n\nStyle: realistic', seconds: 8, size: '1280x720' },
      notHonoured: [
        { field: 'duration', reason: 'It is 8 s, the nearest length that is offered.' },
        { field: 'resolution', reason: 'It is made 1280x720, the nearest size that is offered.' },
        { field: 'fps', reason: 'The provider lets nobody choose the frame rate: it is a rate of its own.' },
        { field: 'negativePrompt', reason: 'The provider has no such parameter.' },
        { field: 'seed', reason: 'The provider has no such parameter.' },
      ],
      honouredAs: [{ field: 'style', as: 'the last words of the prompt' }],
    });
  });

  test('that the provider honours lists nothing', () => {
    const table = { ...plain, framesPerSecond: 24, parameters: { seed: 'seed' } };
    const request = { duration: 4, resolution: '720x1280', fps: 24, seed: 1 };
    expect(map(request, table)).toMatchObject({
      input: { seconds: 4, size: '720x1280', seed: 1 },
      notHonoured: [],
    });
  });

  test('gets the nearest length, the shorter of two', () => {
    expect([0.5, 5.9, 6, 6.1, 10, 3600].map((duration) => map({ duration }).input['seconds'])).toEqual([
      4, 4, 4, 8, 8, 12,
    ]);
  });

  test('gets a size only with what it is offered with, and a special one only by asking for it', () => {
    const table = {
      ...plain,
      sizes: [
        ...plain.sizes,
        ...sizesOfPixels('size', ['1920x1080'], { onlyWith: { seconds: 8 } }),
        ...sizesOfPixels('size', ['3840x2160'], { onlyIfAsked: true }),
      ],
    };
    const sizeOf = (duration: number, resolution: string) => map({ duration, resolution }, table).input['size'];
    expect(sizeOf(8, '1920x1080')).toBe('1920x1080');
    expect(sizeOf(4, '1920x1080')).toBe('1280x720');
    expect(sizeOf(8, '3840x2160')).toBe('3840x2160');
    expect(sizeOf(8, '3840x2159')).toBe('1920x1080');
  });

  test('knows the field that each field of the input was made from', () => {
    const table = { ...plain, image: { field: 'firstFrame', presence: 'required' } } as const;
    expect(takeVideoRequests(table).origins).toEqual({ size: 'resolution', seconds: 'duration', firstFrame: 'image' });
  });
});
