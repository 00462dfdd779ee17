import { crc32 } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { checkImage } from './check-image.ts';

const picture = () =>
  sharp({
    create: {
      width: 320,
      height: 200,
      channels: 3,
      background: 'teal',
      noise: { type: 'gaussian', mean: 120, sigma: 40 },
    },
  });
/** The head of a PNG, with nothing behind it. */
function pngThatClaims(width: number, height: number): Buffer {
  const header = Buffer.alloc(17);
  header.write('IHDR');
  header.writeUInt32BE(width, 4);
  header.writeUInt32BE(height, 8);
  header.set([8, 2, 0, 0, 0], 12);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(header));
  const data = Buffer.from('0000000049444154', 'hex');
  return Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d', 'hex'), header, sum, data]);
}

const formats = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  gif: 'image/gif',
  avif: 'image/avif',
} as const;

describe('an image', () => {
  test.each(Object.entries(formats))('in %s is known by its content', async (format, contentType) => {
    const bytes = await picture()
      .toFormat(format as keyof typeof formats)
      .toBuffer();
    expect(await checkImage(bytes)).toMatchObject({ kind: 'image', facts: { contentType, width: 320, height: 200 } });
  });

  test.each(Object.keys(formats))('in %s whose end is missing is none', async (format) => {
    const bytes = await picture()
      .toFormat(format as keyof typeof formats)
      .toBuffer();
    expect(await checkImage(bytes.subarray(0, bytes.length - 20))).toMatchObject({ kind: 'no_image' });
    expect(await checkImage(bytes.subarray(0, bytes.length / 2))).toMatchObject({ kind: 'no_image' });
  });

  test.each([
    ['text', Buffer.from('this is no image')],
    ['nothing', Buffer.alloc(0)],
    ['a PDF', Buffer.from('%PDF-1.7\n1 0 obj\n')],
    ['an SVG, which may hold scripts', Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>')],
  ])('is not %s', async (_name, bytes) => {
    expect(await checkImage(bytes)).toMatchObject({ kind: 'no_image' });
  });

  test('over 100 megapixels is refused before it is decoded', async () => {
    expect(await checkImage(pngThatClaims(12_000, 9_000))).toMatchObject({
      kind: 'no_image',
      reason: expect.stringContaining('pixel limit'),
    });
  });
});
