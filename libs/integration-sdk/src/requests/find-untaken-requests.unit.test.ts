import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { findUntakenRequests } from './find-untaken-requests.ts';
import { sizesOfPixels } from './offered-sizes.ts';
import { takeImageRequests } from './take-image-requests.ts';
import { takeVideoRequests } from './take-video-requests.ts';

const sizes = sizesOfPixels('size', ['1024x1024']);
const duration = { field: 'seconds', offered: [8] };
const prompt = z.string().min(1).max(500);
const input = z.strictObject({ prompt, size: z.string(), seconds: z.number().optional() });

describe('requests that an operation does not take', () => {
  test('are none where the table says what the schema takes', () => {
    for (const fromRequest of [
      takeImageRequests({ maxPromptLength: 500, sizes }),
      takeVideoRequests({ maxPromptLength: 500, duration, sizes }),
    ]) {
      expect(findUntakenRequests({ fromRequest, input })).toEqual([]);
    }
  });

  test.each([
    ['images', (maxPromptLength: number) => takeImageRequests({ maxPromptLength, sizes })],
    ['a video', (maxPromptLength: number) => takeVideoRequests({ maxPromptLength, duration, sizes })],
  ])(
    'for %s are found where the table leaves more room for the style than there is, also by one character',
    (_what, take) => {
      const [untaken] = findUntakenRequests({ fromRequest: take(501), input });
      expect(untaken?.request.prompt.length).toBeLessThanOrEqual(500);
      expect(untaken?.faults).toEqual([expect.stringContaining('prompt: ')]);
    },
  );

  test('are found by their size', () => {
    const fromRequest = takeImageRequests({
      maxPromptLength: 500,
      sizes: sizesOfPixels('size', ['1024x1024', '16x16']),
    });
    const narrow = input.extend({ size: z.literal('1024x1024') });
    const untaken = findUntakenRequests({ fromRequest, input: narrow });
    expect(untaken.length).toBeGreaterThan(0);
    expect(untaken[0]?.faults).toEqual([expect.stringContaining('size: ')]);
  });

  test('are looked for with the image that an operation may take, too', () => {
    const fromRequest = takeImageRequests({
      maxPromptLength: 500,
      sizes,
      images: { field: 'images', presence: 'optional' },
    });
    expect(findUntakenRequests({ fromRequest, input })).toMatchObject([{ request: { images: [expect.any(String)] } }]);
  });
});
