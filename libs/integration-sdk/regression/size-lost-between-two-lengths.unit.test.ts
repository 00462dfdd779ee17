import { videoRequestSchema } from '@darkroom/contract';
import { expect, test } from '@jest/globals';
import { sizesOfPixels } from '../src/requests/offered-sizes.ts';
import { takeVideoRequests } from '../src/requests/take-video-requests.ts';

// The shorter of two lengths that were as near was taken before the size was looked at: 7 s in 1920x1080 became 6 s in 1280x720.
const mapping = takeVideoRequests({
  maxPromptLength: 100,
  duration: { field: 'seconds', offered: [4, 6, 8] },
  sizes: [
    ...sizesOfPixels('size', ['1280x720', '720x1280']),
    ...sizesOfPixels('size', ['1920x1080'], { onlyWith: { seconds: 8 } }),
  ],
});

test('between two lengths a video keeps the size that it was asked for in', () => {
  const map = (duration: number, resolution: string) =>
    mapping.toInput(videoRequestSchema.parse({ type: 'video', prompt: 'waves', duration, resolution, fps: 24 }));
  expect(map(7, '1920x1080')).toMatchObject({
    input: { seconds: 8, size: '1920x1080' },
    notHonoured: [{ field: 'duration', reason: 'It is 8 s, the nearest length that is offered.' }, { field: 'fps' }],
  });
  // The shorter one costs less, where the size is the same.
  expect(map(7, '1280x720').input).toMatchObject({ seconds: 6, size: '1280x720' });
  expect(map(5, '1920x1080').input).toMatchObject({ seconds: 4, size: '1280x720' });
  expect(map(6.9, '1920x1080').input).toMatchObject({ seconds: 6, size: '1280x720' });
});
