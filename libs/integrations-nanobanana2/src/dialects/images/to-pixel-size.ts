import type { GenerationInput, ImageSize } from '../../input.schema.ts';

const squareSides: Record<ImageSize, number> = { '1K': 1024, '2K': 2048, '4K': 4096 };
const longestSide = 4096;
const multiple = 16;

/** `1360x768` for 16:9 at 1K: the same area as the square, in steps of 16. Undefined leaves it to the provider. */
export function toPixelSize({
  aspectRatio,
  imageSize,
}: Pick<GenerationInput, 'aspectRatio' | 'imageSize'>): string | undefined {
  if (aspectRatio === undefined && imageSize === undefined) return undefined;
  const [width = 1, height = 1] = (aspectRatio ?? '1:1').split(':').map(Number);
  const side = squareSides[imageSize ?? '1K'];
  const stretch = Math.sqrt(width / height);
  const fit = Math.min(1, longestSide / (side * Math.max(stretch, 1 / stretch)));
  return `${inSteps(side * stretch * fit)}x${inSteps((side / stretch) * fit)}`;
}

function inSteps(pixels: number): number {
  return Math.floor(pixels / multiple) * multiple;
}
