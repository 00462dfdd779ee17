import { createHash } from 'node:crypto';

/** The colours and shapes of one image, always the same for the same text. */
export interface Palette {
  readonly top: string;
  readonly bottom: string;
  readonly accent: string;
  /** Circles in fractions of the image: centre and radius. */
  readonly circles: readonly { readonly x: number; readonly y: number; readonly radius: number }[];
}

const circleCount = 5;

export function paletteOf(text: string): Palette {
  const hash = createHash('sha256').update(text).digest();
  const fraction = (index: number) => (hash[index % hash.length] ?? 0) / 255;
  const hue = Math.round(fraction(0) * 360);
  return {
    top: `hsl(${hue}, 60%, 42%)`,
    bottom: `hsl(${(hue + 40 + Math.round(fraction(1) * 60)) % 360}, 55%, 22%)`,
    accent: `hsl(${(hue + 180) % 360}, 70%, 60%)`,
    circles: Array.from({ length: circleCount }, (_, index) => ({
      x: fraction(2 + index),
      y: fraction(8 + index),
      radius: 0.06 + 0.14 * fraction(14 + index),
    })),
  };
}
