interface Pixels {
  readonly width: number;
  readonly height: number;
}

const sideOfClass: Readonly<Record<string, number>> = { '1K': 1024, '2K': 2048, '4K': 4096 };
const fewestPixels = 1280 * 720;
const mostPixels = 4096 * 4096;
const mostElongated = 16;

/** The pixels of `2K` or `2304x1728`, or undefined where Seedream refuses the size. With a class, the prompt says the shape. */
export function seedreamPixels(size: string, prompt: string): Pixels | undefined {
  const side = sideOfClass[size];
  if (side !== undefined) return shaped(side, ratioIn(prompt));
  const { width, height } = /^(?<width>\d{1,5})x(?<height>\d{1,5})$/.exec(size)?.groups ?? {};
  const pixels = { width: Number(width), height: Number(height) };
  return isAllowed(pixels) ? pixels : undefined;
}

function isAllowed({ width, height }: Pixels): boolean {
  const area = width * height;
  return area >= fewestPixels && area <= mostPixels && Math.max(width / height, height / width) <= mostElongated;
}

/** About as many pixels as the square of the class, in whole 16ths. */
function shaped(side: number, ratio: number): Pixels {
  const width = Math.floor((side * Math.sqrt(ratio)) / 16) * 16;
  return { width, height: Math.floor(width / ratio / 16) * 16 };
}

function ratioIn(prompt: string): number {
  const { width, height } = /\b(?<width>[1-9]\d?):(?<height>[1-9]\d?)\b/.exec(prompt)?.groups ?? {};
  const ratio = Number(width) / Number(height);
  return ratio >= 1 / mostElongated && ratio <= mostElongated ? ratio : 1;
}
