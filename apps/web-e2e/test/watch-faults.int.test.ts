import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '@darkroom/testing/chromium';
import { type FaultWatch, watchFaults } from '../src/watch-faults.ts';

let browser: Browser;
let server: Server;
let url: string;
let page: Page;
let faults: FaultWatch;

beforeAll(async () => {
  browser = await launchChromium();
  server = createServer((request, response) => {
    if (request.url === '/favicon.ico') return void response.writeHead(204).end();
    if (request.url !== '/') return void response.writeHead(404).end();
    response.setHeader('content-security-policy', "default-src 'none'; script-src 'unsafe-eval'; connect-src 'self'");
    response.setHeader('content-type', 'text/html').end('<p>A page</p>');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterEach(() => page.context().close());
afterAll(async () => {
  await browser.close();
  await new Promise((done) => server.close(done));
});

async function openPage(): Promise<void> {
  const context = await browser.newContext();
  faults = watchFaults(context);
  page = await context.newPage();
  await page.goto(url);
}

/** Resolves when the watch has heard of the next thing that the page tells. */
function toldSomething(): Promise<unknown> {
  const context = page.context();
  return new Promise((resolve) => context.once('weberror', resolve).once('console', resolve));
}

test.each([
  [
    'an error that nobody catches',
    () => void setTimeout(() => void Promise.reject(new Error('nobody caught it'))),
    /^uncaught: .*nobody caught it/,
  ],
  [
    'what the policy of the page forbids',
    () => document.body.append(Object.assign(new Image(), { src: '/forbidden.png' })),
    /^console: .*Content Security Policy/,
  ],
  ['an answer that is an error', () => void fetch('/absent'), /^console: .*404.*\/absent\)$/],
])('%s is a fault', async (_name, bringAbout, fault) => {
  await openPage();
  const told = toldSomething();
  await page.evaluate(bringAbout);
  await told;

  expect(faults.found()).toEqual([expect.stringMatching(fault)]);
});

test('what a test says is to be expected is none', async () => {
  await openPage();
  faults.expect(/404/);
  const told = toldSomething();
  await page.evaluate(() => void fetch('/absent'));
  await told;

  expect(faults.found()).toEqual([]);
});
