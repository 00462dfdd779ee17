import type { Locator } from 'playwright-core';

/** The middle of what is shown, where a mouse may click whatever stands there by then. */
export async function middleOf(shown: Locator): Promise<{ x: number; y: number }> {
  const box = await shown.boundingBox();
  if (box === null) throw new Error('It is not shown.');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
