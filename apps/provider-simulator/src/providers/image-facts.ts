import sharp from 'sharp';

/** What the control API shows of an input image that came with the request itself. */
export interface ImageFacts {
  readonly format: string;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
}

export async function imageFactsOf(image: Buffer): Promise<ImageFacts> {
  const { format, width, height } = await sharp(image).metadata();
  return { format, width, height, bytes: image.length };
}
