/** Width divided by height of a choice such as `16:9` or `1280x720`; undefined for `auto`. */
export function ratioOf(choice: string): number | undefined {
  const [, width, height] = /^(\d+(?:\.\d+)?)[:x](\d+(?:\.\d+)?)$/.exec(choice) ?? [];
  const ratio = Number(width) / Number(height);
  return Number.isFinite(ratio) && ratio > 0 ? ratio : undefined;
}

/** The sides of a shape that is drawn within a square of 1, with sides of a fifth at least so that it can be seen. */
export function shapeWithin(ratio: number): { width: number; height: number } {
  const least = 0.2;
  return ratio >= 1 ? { width: 1, height: Math.max(least, 1 / ratio) } : { width: Math.max(least, ratio), height: 1 };
}
