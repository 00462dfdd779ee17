import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Stack, type StackOptions, startStack } from '@darkroom/testing';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { launchChromium } from '@darkroom/testing/chromium';
import { recordTraffic, type Traffic } from './record-traffic.ts';
import { type FaultWatch, watchFaults } from './watch-faults.ts';

/** A page in a browser profile of its own. */
export interface OpenPage {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly faults: FaultWatch;
  readonly traffic: Traffic;
}

/** The whole system, and a browser to use it with. */
export interface Web {
  readonly stack: Stack;
  readonly browser: Browser;
  /** Opens a path of the page as somebody who was never here: English, nothing kept. `expected`: faults that it may have from the beginning. */
  open(path?: string, options?: BrowserContextOptions, expected?: RegExp): Promise<OpenPage>;
  /** Closes what was opened; call it after each test. Rejects where a page had a fault that no test expected. */
  closePages(): Promise<void>;
  stop(): Promise<void>;
}

const builtPage = resolve(import.meta.dirname, '../../web/dist');
/** Longer than the longest pauses of the page, 15 s, between its attempts to reach a server that was away. */
const mostWaitMs = 60_000;

/** Starts a stack with a communication, whose main serves the built page, and Chromium. */
export async function startWeb(options: StackOptions = {}): Promise<Web> {
  if (!existsSync(join(builtPage, 'index.html')))
    throw new Error(`${builtPage} holds no page: build it with \`npx nx build web\`.`);
  const [browser, stack] = await startBoth(options);
  const open: OpenPage[] = [];
  const closePages = async () => {
    const closed = open.splice(0);
    await Promise.all(closed.map(({ context }) => context.close()));
    const faults = closed.flatMap((one) => one.faults.found());
    if (faults.length > 0) throw new Error(`The page had faults that nobody expected:\n${faults.join('\n')}`);
  };
  return {
    stack,
    browser,
    open: async (path = '/', contextOptions = {}, expected = undefined) => {
      const context = await browser.newContext({ baseURL: stack.main.url, locale: 'en-GB', ...contextOptions });
      context.setDefaultTimeout(mostWaitMs);
      const faults = watchFaults(context);
      if (expected !== undefined) faults.expect(expected);
      const page = await context.newPage();
      const opened = { page, context, faults, traffic: recordTraffic(page) };
      open.push(opened);
      await page.goto(path);
      return opened;
    },
    closePages,
    stop: async () => {
      await browser.close();
      await stack.stop();
    },
  };
}

/** Neither is left running where the other does not start. */
async function startBoth(options: StackOptions): Promise<[Browser, Stack]> {
  const browser = await launchChromium();
  try {
    const stack = await startStack({
      communication: true,
      ...options,
      mainEnvironment: { WEB_DIR: builtPage, ...options.mainEnvironment },
    });
    return [browser, stack];
  } catch (error) {
    await browser.close();
    throw error;
  }
}
