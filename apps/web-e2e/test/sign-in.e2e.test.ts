import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createDarkroom } from '@darkroom/client';
import { expectNoLeakedProcesses } from '@darkroom/testing';
import type { BrowserContext, Page } from 'playwright-core';
import { makerOn, untilChannel } from '../src/maker.ts';
import { recordTraffic } from '../src/record-traffic.ts';
import { signIn } from '../src/sign-in.ts';
import { type OpenPage, startWeb, type Web } from '../src/start-web.ts';

const keys = { acme: 'key-of-acme-alone', other: 'key-of-another-account' };

describe('on a deployment with keys', () => {
  let web: Web;

  beforeAll(async () => {
    web = await startWeb({ mainEnvironment: { API_KEYS: `acme:${keys.acme},other:${keys.other}` } });
  });
  afterEach(() => web.closePages());
  afterAll(async () => {
    await web?.stop();
    await expectNoLeakedProcesses();
  });

  const openAsked = (): Promise<OpenPage> => web.open('/', {}, /status of 401/);
  const statusWith = async (cookie: string) =>
    (await fetch(`${web.stack.main.url}/v1/session`, { headers: { cookie } })).status;

  test('the page asks once for an API key, and keeps a cookie that no script can read instead', async () => {
    const { page, context } = await openAsked();
    const carrying: string[] = [];
    const naming: string[] = [];
    context.on('request', (request) => {
      if (request.headers()['authorization'] !== undefined) carrying.push(`${request.method()} ${request.url()}`);
      if (`${request.url()} ${request.postData() ?? ''}`.includes(keys.acme)) naming.push(request.url());
    });
    await page.getByRole('textbox', { name: 'API key' }).fill('key-of-nobody');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').getByText('This key is not known here.').waitFor();
    await signIn(page, keys.acme);
    await untilChannel(page, 'websocket');
    const sent = `POST ${web.stack.main.url}/v1/session`;

    expect(await context.cookies()).toEqual([
      expect.objectContaining({ name: 'darkroom_session', httpOnly: true, sameSite: 'Strict', path: '/' }),
    ]);
    expect([carrying, naming]).toEqual([[sent, sent], []]);
    expect(await everythingKept(page)).not.toMatch(/key-of-|darkroom_session/);

    await page.reload();
    await makerOn(page).prompt.waitFor();
    const anotherTab = await context.newPage();
    await anotherTab.goto('/gallery');
    await anotherTab.getByRole('searchbox').waitFor();
    expect(carrying).toHaveLength(2);
  });

  test('signing out ends it everywhere: in another tab, with its stream, and for whoever has kept the cookie', async () => {
    const { page, context } = await openAsked();
    await signIn(page, keys.acme);
    const [cookie] = await context.cookies();
    const kept = `${cookie?.name}=${cookie?.value}`;
    const other = await context.newPage();
    const traffic = recordTraffic(other);
    await other.goto('/');
    await untilChannel(other, 'websocket');
    await makerOn(other).prompt.fill('half a thought');
    expect(await statusWith(kept)).toBe(200);

    await signOut(page);
    await other.getByRole('dialog', { name: 'Your session has ended' }).waitFor();

    expect(traffic.pushed().some((message) => message.includes('"session_ended"'))).toBe(true);
    expect([await context.cookies(), await statusWith(kept)]).toEqual([[], 401]);
    expect(await everythingKept(page)).not.toContain('half a thought');

    await signIn(page, keys.acme);
    await comeBackTo(other);
    await other.getByRole('dialog').waitFor({ state: 'hidden' });
    await untilChannel(other, 'websocket');
    expect(await makerOn(other).prompt.inputValue()).toBe('half a thought');
  });

  test('another account finds nothing of the one before, and pays for nothing that it left', async () => {
    const { page, context, faults } = await openAsked();
    faults.expect(/ERR_FAILED/);
    await signIn(page, keys.acme);
    await page.route('**/v1/calls', (route) => route.abort());
    const maker = makerOn(page);
    await maker.make('wanted by acme');
    await maker.card('wanted by acme').getByText('No connection: sent as soon as it is back.').waitFor();
    await maker.prompt.fill('half a thought of acme');
    await context.request.delete('/v1/session', { headers: { origin: web.stack.main.url } });
    await page.getByRole('dialog', { name: 'Your session has ended' }).waitFor();
    await page.unroute('**/v1/calls');
    await signIn(page, keys.other);
    await page.getByText('Your results appear here').waitFor();
    await untilChannel(page, 'websocket');
    await maker.make('wanted by another');
    await maker.untilCard('wanted by another', 'Done');

    expect(await maker.cards('wanted by acme').count()).toBe(0);
    expect(await everythingKept(page)).not.toContain('acme');
    expect((await web.stack.control.submissions('wanted by acme')).received).toBe(0);
  });

  test('what one account asked for is never sent for another: not by a tab that was left open either', async () => {
    const { page, context } = await openAsked();
    await signIn(page, keys.acme);
    const left = await context.newPage();
    await left.goto('/');
    await untilChannel(left, 'websocket');
    let answer = (): void => undefined;
    const isAnswered = new Promise<void>((resolve) => (answer = resolve));
    // What stands between answers in the place of main, which hears of nothing.
    await left.route('**/v1/calls', async (route) => {
      await isAnswered;
      await route.fulfill({ body: 'Sign in to this network.' });
    });
    const asked = left.waitForRequest('**/v1/calls');
    await makerOn(left).make('asked for by acme');
    await asked;
    await signOut(page);
    await left.getByRole('dialog', { name: 'Your session has ended' }).waitFor();
    const drawnAnew = left.waitForEvent('load');
    await signIn(page, keys.other);
    // Only now the tab hears that it has to send it again, in what is another's browser.
    const heard = left.waitForResponse('**/v1/calls');
    answer();
    await (await heard).finished();
    await left.unroute('**/v1/calls');
    await comeBackTo(left);
    await drawnAnew;
    await makerOn(left).make('asked for by another');
    await makerOn(left).untilCard('asked for by another', 'Done');

    expect(await makerOn(left).cards('asked for by acme').count()).toBe(0);
    expect((await web.stack.control.submissions('asked for by acme')).received).toBe(0);
  });

  test('a link that was told by Slack or e-mail shows the call or the batch to whoever is signed in, and asks whoever is not', async () => {
    const darkroom = createDarkroom({ baseUrl: web.stack.main.url, apiKey: keys.acme });
    const batch = await darkroom.batches.create({
      calls: [{ type: 'image', prompt: 'told of', provider: 'nanobanana2' }],
    });
    const links = [`${web.stack.main.url}/batches/${batch.id}`];
    for await (const { id } of darkroom.batches.calls(batch.id)) links.push(`${web.stack.main.url}/calls/${id}`);
    const signedIn = await openAsked();
    await signIn(signedIn.page, keys.acme);
    const stranger = await openAsked();

    expect(links).toHaveLength(2);
    for (const link of links) {
      const { page, cookie } = await clickElsewhere(signedIn.context, link);
      await page.getByText('told of').first().waitFor();
      expect(cookie).toBeUndefined();
      expect(await page.getByRole('textbox', { name: 'API key' }).count()).toBe(0);
    }
    const { page } = await clickElsewhere(stranger.context, links.at(-1) ?? '');
    await signIn(page, keys.acme);
    await page.getByText('told of').first().waitFor();
  });
});

/** Clicks a link on a page of another site. The browser gives the session's cookie to no request that such a page causes. */
async function clickElsewhere(context: BrowserContext, link: string): Promise<{ page: Page; cookie?: string }> {
  await context.route('http://chat.example/', (route) =>
    route.fulfill({ contentType: 'text/html', body: `<!doctype html><a href="${link}">The call</a>` }),
  );
  const page = await context.newPage();
  await page.goto('http://chat.example/');
  await context.unroute('http://chat.example/');
  const [opened] = await Promise.all([page.waitForResponse(link), page.getByRole('link').click()]);
  const { 'sec-fetch-site': site, cookie } = await opened.request().allHeaders();
  expect([opened.status(), site]).toEqual([200, 'cross-site']);
  return { page, ...(cookie !== undefined && { cookie }) };
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in to Darkroom' }).waitFor();
}

/** All that a script of the page, or whoever reads its storage, could find. */
function everythingKept(page: Page): Promise<string> {
  return page.evaluate(() =>
    [
      JSON.stringify({ ...localStorage, ...sessionStorage, ...history.state }),
      document.cookie,
      document.documentElement.outerHTML,
      ...[...document.querySelectorAll('input')].map(({ value }) => value),
      ...performance.getEntriesByType('resource').map(({ name }) => name),
      location.href,
    ].join('\n'),
  );
}

/** A browser without a window hides no tab, so that none comes back by itself. */
async function comeBackTo(page: Page): Promise<void> {
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })));
}
