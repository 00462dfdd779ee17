const sizePattern = /^(?<width>\d{2,4})x(?<height>\d{2,4})$/;
const largestSide = 4096;

/** The pixels of a size such as `1024x1536`; `auto` is square. Undefined where it is none, or beyond 4096. */
export function pixelSize(size: string): { readonly width: number; readonly height: number } | undefined {
  if (size === 'auto') return { width: 1024, height: 1024 };
  const { width, height } = sizePattern.exec(size)?.groups ?? {};
  const pixels = { width: Number(width), height: Number(height) };
  const fits = (side: number) => side >= 16 && side <= largestSide;
  return fits(pixels.width) && fits(pixels.height) ? pixels : undefined;
}
