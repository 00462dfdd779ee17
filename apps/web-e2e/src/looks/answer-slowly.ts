import type { Page } from 'playwright-core';

/** Each kind of answer comes at a time of its own, the form's last: what moves another thing has nowhere to hide. Milliseconds. */
const delays: readonly [path: RegExp, ms: number][] = [
  [/\/integrations$/, 900],
  [/\/(events|history)$/, 700],
  [/\/(calls|batches)$/, 500],
];
const otherwiseMs = 300;

/** Has main answer the page as over a slow line. Call it before the page is opened. */
export async function answerSlowly(page: Page): Promise<void> {
  await page.route('**/v1/**', async (route, request) => {
    const { pathname } = new URL(request.url());
    const [, ms] = delays.find(([path]) => path.test(pathname)) ?? ['', otherwiseMs];
    await new Promise((resolve) => setTimeout(resolve, ms));
    await route.continue();
  });
}
