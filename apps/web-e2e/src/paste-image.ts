import type { Page } from 'playwright-core';

/** Puts an image on the clipboard as another program does, and pastes it by the keys. Its left half is black, its right half transparent. */
export async function pasteImage(page: Page, size: { width: number; height: number }): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate(async ({ width, height }) => {
    const canvas = new OffscreenCanvas(width, height);
    canvas.getContext('2d')?.fillRect(0, 0, width / 2, height / 2);
    const image = await canvas.convertToBlob({ type: 'image/png' });
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': image })]);
  }, size);
  await page.keyboard.press('ControlOrMeta+v');
}
