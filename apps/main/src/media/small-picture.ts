import sharp, { type Sharp } from 'sharp';

/** Fills a square of 283 pixels on a large screen, or of 358 on a phone, sharply where each is two of the device's. */
const shorterSide = 640;
/** A banner is no heavier than other pictures, and less sharp. */
const longerSide = 1920;
/** About 100 KB. WebP, or a slower JPEG encoder, takes three to six times as long to save a tenth of it, and not everywhere that messages are shown is WebP. */
const quality = 75;
const maxPixels = 100_000_000;

/** A JPEG of an image: upright, on white, and never larger than the image. Fails where the bytes are none, are broken, or are of very many pixels. */
export async function smallPicture(bytes: Uint8Array): Promise<Buffer> {
  const image = sharp(bytes, { failOn: 'truncated', limitInputPixels: maxPixels });
  return image
    .autoOrient()
    .resize({ ...(await sizeOf(image)), fit: 'fill' })
    .flatten({ background: '#ffffff' })
    .jpeg({ quality })
    .toBuffer();
}

async function sizeOf(image: Sharp): Promise<{ width: number; height: number }> {
  const { width, height } = (await image.metadata()).autoOrient;
  const scale = Math.min(1, shorterSide / Math.min(width, height), longerSide / Math.max(width, height));
  const scaled = (side: number) => Math.max(1, Math.round(side * scale));
  return { width: scaled(width), height: scaled(height) };
}
