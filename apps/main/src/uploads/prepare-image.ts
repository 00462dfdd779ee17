import sharp from 'sharp';
import { isAnimatedPng, pngWithoutMetadata } from './png-without-metadata.ts';
import { jpegWithoutMetadata } from './jpeg-without-metadata.ts';
import type { PreparedUpload } from './prepared-upload.ts';
import { refusedUpload } from './refused-upload.ts';
import { webpWithoutMetadata } from './webp-without-metadata.ts';

const strippers = {
  'image/jpeg': jpegWithoutMetadata,
  'image/png': pngWithoutMetadata,
  'image/webp': webpWithoutMetadata,
};
export type ImageType = keyof typeof strippers;
export const imageTypes = Object.keys(strippers) as ImageType[];

export const maxPixels = 64_000_000;
const upright = 1;
const quality = 95;

/**
 * The image without its metadata. As a rule its compressed data stays as it is. Only where the metadata says that the image is to be
 * shown turned or mirrored it is encoded anew, turned: otherwise it would lie on its side from now on.
 */
export async function prepareImage(bytes: Buffer, contentType: ImageType): Promise<PreparedUpload> {
  const head = await readHead(bytes, contentType);
  if (head.width * head.height > maxPixels) {
    const reason = `The image has ${head.width} × ${head.height} pixels, more than ${maxPixels}.`;
    throw refusedUpload(reason, 'Scale it down.');
  }
  if ((head.pages ?? 1) > 1 || (contentType === 'image/png' && isAnimatedPng(bytes)))
    throw refusedUpload('The image is animated.', 'Send one frame of it, or a video.');
  const stripped = strippers[contentType](bytes);
  if (stripped === undefined) throw damaged(contentType, 'its parts do not reach its end');
  const isUpright = (head.orientation ?? upright) === upright;
  const prepared = isUpright ? stripped : await turned(bytes, contentType);
  const { width, height } = await decodeWhole(prepared, contentType);
  return { bytes: prepared, contentType, width, height };
}

/** Reads the header only. Its pixels are not limited, so that a bomb is refused by its size and not taken for damage. */
async function readHead(bytes: Buffer, contentType: ImageType) {
  try {
    return await sharp(bytes, { limitInputPixels: false }).metadata();
  } catch (error) {
    throw damaged(contentType, messageOf(error));
  }
}

async function turned(bytes: Buffer, contentType: ImageType): Promise<Buffer> {
  const image = open(bytes).autoOrient().keepIccProfile();
  const encoders = {
    'image/jpeg': () => image.jpeg({ quality, chromaSubsampling: '4:4:4' }),
    'image/png': () => image.png(),
    'image/webp': () => image.webp({ quality }),
  };
  try {
    return await encoders[contentType]().toBuffer();
  } catch (error) {
    throw damaged(contentType, messageOf(error));
  }
}

/** A tiny output costs no memory, and every row of the image has to be read for it. */
async function decodeWhole(bytes: Buffer, contentType: ImageType) {
  try {
    await open(bytes).resize(8, 8, { fit: 'fill', fastShrinkOnLoad: false }).raw().toBuffer();
    return await open(bytes).metadata();
  } catch (error) {
    throw damaged(contentType, messageOf(error));
  }
}

function open(bytes: Buffer) {
  return sharp(bytes, { failOn: 'truncated', limitInputPixels: maxPixels });
}

function damaged(contentType: ImageType, detail: string) {
  return refusedUpload(
    `The file is a damaged or incomplete ${contentType}: ${detail}.`,
    'Send the whole file, or save it anew with an image editor.',
  );
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, ' ').trim().slice(0, 200);
}
