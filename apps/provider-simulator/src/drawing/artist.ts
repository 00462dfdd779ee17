import { createHash } from 'node:crypto';
import { drawImage, type ImageFormat, type Picture } from './draw-image.ts';
import { hugePng } from './huge-png.ts';
import { loadLettering, type Lettering } from './lettering.ts';

/** The bytes of an answer's image, with what they claim to be. */
export interface DrawnImage {
  readonly bytes: Buffer;
  readonly base64: string;
  readonly mimeType: `image/${ImageFormat}`;
}

const keptImages = 64;
const hugeSide = 20_000;

/** Draws images, and keeps the last ones so that equal requests cost nothing. */
export class Artist {
  readonly #lettering: Lettering = loadLettering();
  readonly #kept = new Map<string, Promise<DrawnImage>>();
  #huge: Promise<DrawnImage> | undefined;

  draw(picture: Picture): Promise<DrawnImage> {
    const key = keyOf(picture);
    const kept = this.#kept.get(key);
    if (kept) return kept;
    const drawn = drawImage(picture, this.#lettering).then((bytes) => describe(bytes, picture.format));
    this.#keep(key, drawn);
    return drawn;
  }

  /** The same image for every prompt, drawn once for each size and format. */
  drawFixed(picture: Picture): Promise<DrawnImage> {
    return this.draw({ ...picture, prompt: 'fixed image', inputs: [], variation: 0 });
  }

  drawHuge(): Promise<DrawnImage> {
    this.#huge ??= hugePng(hugeSide).then((bytes) => describe(bytes, 'png'));
    return this.#huge;
  }

  #keep(key: string, drawn: Promise<DrawnImage>): void {
    this.#kept.set(key, drawn);
    drawn.catch(() => this.#kept.delete(key));
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > keptImages && oldest !== undefined) this.#kept.delete(oldest);
  }
}

/** The first half of an image's bytes: its header promises more than there is. */
export function truncated(image: DrawnImage): DrawnImage {
  return { ...describe(image.bytes.subarray(0, Math.floor(image.bytes.length / 2)), 'png'), mimeType: image.mimeType };
}

/** Text that claims to be an image. */
export function notAnImage(): DrawnImage {
  return describe(Buffer.from('This is a text file, whatever its content type says.\n'), 'png');
}

function describe(bytes: Buffer, format: ImageFormat): DrawnImage {
  return { bytes, base64: bytes.toString('base64'), mimeType: `image/${format}` };
}

function keyOf({ prompt, width, height, format, inputs, variation, watermark }: Picture): string {
  const hash = createHash('sha256').update(JSON.stringify([prompt, width, height, format, variation, watermark]));
  for (const input of inputs) hash.update(input);
  return hash.digest('hex');
}
