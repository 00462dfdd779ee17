/** Whether anything is left of what was painted. `pixels`: red, green, blue and how opaque it is, for each. */
export function isPainted(pixels: ArrayLike<number>): boolean {
  for (let at = 3; at < pixels.length; at += 4) if (pixels[at] !== 0) return true;
  return false;
}
