import { launchChromium } from '@darkroom/testing/chromium';
import type { Page } from 'playwright-core';

/** Opens the page as somebody who was never here, and closes it when it has been used. Rejects where it had an uncaught error. */
export async function inPage(address: string, use: (page: Page) => Promise<void>): Promise<void> {
  const browser = await launchChromium();
  const faults: string[] = [];
  try {
    const context = await browser.newContext({ locale: 'en-GB' });
    context.setDefaultTimeout(60_000);
    context.on('weberror', (fault) => faults.push(String(fault.error())));
    const page = await context.newPage();
    await page.goto(address);
    await use(page);
  } catch (cause) {
    throw new Error(`The page could not be used. Its errors: ${faults.join('; ') || 'none'}.`, { cause });
  } finally {
    await browser.close();
  }
  if (faults.length > 0) throw new Error(`The page had errors: ${faults.join('; ')}`);
}

/** Resolves when the page can be written in and hears of news by push. */
export async function untilReady(page: Page): Promise<void> {
  await promptIn(page).waitFor();
  await page.locator('[data-channel=websocket]').waitFor();
}

/** Makes an image as a person does, and resolves when it can be seen. */
export async function makeImage(page: Page, prompt: string): Promise<void> {
  await promptIn(page).fill(prompt);
  await page.keyboard.press('Control+Enter');
  const card = page.getByRole('article', { name: prompt, exact: true });
  await card.getByRole('status').getByText('Done', { exact: true }).waitFor();
  const image = card.locator('img');
  await image.waitFor();
  await image.evaluate((element) => (element as unknown as { decode(): Promise<void> }).decode());
}

function promptIn(page: Page) {
  return page.getByRole('textbox', { name: 'Prompt', exact: true });
}
