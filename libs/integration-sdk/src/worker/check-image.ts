import { fileTypeFromBuffer } from 'file-type';
import sharp from 'sharp';

/** What is known of an image from its own bytes. */
export interface ImageFacts {
  contentType: string;
  extension: string;
  width: number;
  height: number;
}

export type ImageCheck = { kind: 'image'; facts: ImageFacts } | { kind: 'no_image'; reason: string };

const accepted = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/avif']);
const maxPixels = 100_000_000;

/**
 * Looks at bytes that should be an image: by their content, not by what anybody says of them. The whole image is decoded, so
 * one whose end is missing is none. At most 100 megapixels.
 */
export async function checkImage(bytes: Uint8Array): Promise<ImageCheck> {
  const type = await fileTypeFromBuffer(bytes);
  if (!type || !accepted.has(type.mime)) {
    return {
      kind: 'no_image',
      reason: `The file is ${type ? `of type ${type.mime}` : 'of no known type'}; PNG, JPEG, WebP, GIF and AVIF are images.`,
    };
  }
  try {
    const image = sharp(bytes, { failOn: 'truncated', limitInputPixels: maxPixels });
    const { width, height } = await image.metadata();
    // A tiny output costs no memory, and every row of the input has to be read for it.
    await image.resize(8, 8, { fit: 'fill', fastShrinkOnLoad: false }).raw().toBuffer();
    return { kind: 'image', facts: { contentType: type.mime, extension: type.ext, width, height } };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: 'no_image', reason: `The ${type.mime} cannot be decoded: ${reason}` };
  }
}
