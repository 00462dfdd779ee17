import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';

/** A file that a browser has saved. */
export interface Downloaded {
  readonly fileName: string;
  readonly bytes: Buffer;
}

/** Clicks on it and reads what is saved. Rejects where the download is broken off. */
export async function download(page: Page, link: Locator): Promise<Downloaded> {
  const [saved] = await Promise.all([page.waitForEvent('download'), link.click()]);
  return { fileName: saved.suggestedFilename(), bytes: await readFile(await saved.path()) };
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
