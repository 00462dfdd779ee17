/** What was typed, as the number that it is. What would be written otherwise stays as it was typed, so that `1.05` can be typed by way of `1.0`. */
export function readNumber(text: string): number | string {
  const number = Number(text);
  return String(number) === text && Number.isFinite(number) ? number : text;
}
