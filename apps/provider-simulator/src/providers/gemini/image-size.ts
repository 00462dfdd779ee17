import sharp from 'sharp';

interface Size {
  readonly width: number;
  readonly height: number;
}

const sizesAt1K: Readonly<Record<string, Size>> = {
  '1:1': { width: 1024, height: 1024 },
  '2:3': { width: 848, height: 1264 },
  '3:2': { width: 1264, height: 848 },
  '3:4': { width: 896, height: 1200 },
  '4:3': { width: 1200, height: 896 },
  '4:5': { width: 928, height: 1152 },
  '5:4': { width: 1152, height: 928 },
  '9:16': { width: 768, height: 1376 },
  '16:9': { width: 1376, height: 768 },
  '21:9': { width: 1584, height: 672 },
  '1:4': { width: 512, height: 2048 },
  '4:1': { width: 2048, height: 512 },
  '1:8': { width: 384, height: 3072 },
  '8:1': { width: 3072, height: 384 },
};

const factors: Readonly<Record<string, number>> = { '1K': 1, '2K': 2, '4K': 4 };

/** The pixels of an aspect ratio and a size name, or undefined where one of them is unknown. */
export function pixelsOf(aspectRatio: string, imageSize: string): Size | undefined {
  const size = sizesAt1K[aspectRatio];
  const factor = factors[imageSize];
  return size && factor ? { width: size.width * factor, height: size.height * factor } : undefined;
}

/** The aspect ratio that is nearest to the first input's own: what an edit has where none is asked for. */
export async function ownAspectRatio([input]: readonly Buffer[]): Promise<string> {
  if (!input) return '1:1';
  const { width, height } = await sharp(input).metadata();
  const distance = (size: Size) => Math.abs(Math.log(size.width / size.height) - Math.log(width / height));
  const [nearest] = Object.entries(sizesAt1K).sort(([, one], [, other]) => distance(one) - distance(other));
  return nearest?.[0] ?? '1:1';
}
