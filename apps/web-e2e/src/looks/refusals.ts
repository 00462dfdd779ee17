import type { Page } from 'playwright-core';
import type { Scene } from '../screenshots/scenes.ts';

/** Where the page tells what the server has against something, in the server's own words: beside a call, in a notice, and below a batch. */
export const refusals: readonly Scene[] = [
  { name: 'create-refused', path: () => '/', expected: /422/, prepare: submitRefused },
  { name: 'retry-refused', path: ({ failed }) => `/calls/${failed.id}`, expected: /422/, prepare: retryRefused },
  { name: 'batch-refused', path: () => '/batches', expected: /422/, prepare: sendRefusedBatch },
];

/** Submits what the page finds good and main refuses: on its way it gets a setting that nobody knows. */
async function submitRefused(page: Page): Promise<void> {
  await page.route('**/v1/calls', (route, request) => {
    if (request.method() !== 'POST') return route.continue();
    const body = request.postDataJSON() as { input: object };
    return route.continue({ postData: JSON.stringify({ ...body, input: { ...body.input, colour: 'red' } }) });
  });
  await page.locator('[name=prompt]').fill('一只狐狸');
  await page.locator('form button[type=submit]').click();
  await page.locator('article [lang=en]').waitFor();
}

async function retryRefused(page: Page): Promise<void> {
  await refuse(page, '**/v1/calls/*/retry');
  await page.locator('main aside button:has(.lucide-rotate-cw)').click();
  await page.locator('[role=status][popover] [lang=en]').waitFor();
}

async function sendRefusedBatch(page: Page): Promise<void> {
  await refuse(page, '**/v1/batches');
  await page.locator('textarea').fill('一只狐狸');
  await page.locator('form button[type=submit]').click();
  await page.locator('form [role=alert] [lang=en]').waitFor();
}

/** Refuses what is sent there with a code that the page has no words for. */
async function refuse(page: Page, path: string): Promise<void> {
  const problem = { type: 'urn:darkroom:problem:invalid-request', title: 'Invalid request', status: 422 };
  const json = {
    ...problem,
    code: 'invalid_request',
    detail: 'The request cannot be taken like this.',
    retryable: false,
  };
  await page.route(path, (route, request) =>
    request.method() === 'POST'
      ? route.fulfill({ status: 422, contentType: 'application/problem+json', body: JSON.stringify(json) })
      : route.fallback(),
  );
}
