import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createDarkroom } from '@darkroom/client';
import { createPool } from '@darkroom/platform-postgres';
import { expectNoLeakedProcesses, until } from '@darkroom/testing';
import type { Page, Request } from 'playwright-core';
import { type Maker, makerOn, untilChannel, untilLive, untilPushed } from '../src/maker.ts';
import { signIn } from '../src/sign-in.ts';
import { type OpenPage, startWeb, type Web } from '../src/start-web.ts';

const apiKey = 'key-of-the-only-account';
/** What a page shows in the console when nobody answers it, or a server that is just starting says that it is not ready. */
const nobodyAnswers = /ERR_CONNECTION_|ERR_INTERNET_DISCONNECTED|ERR_EMPTY_RESPONSE|status of 503/;
/** Whoever is not signed in is told so by a 401. */
const isNotSignedIn = /status of 401 .*\/v1\/session/;
const pushIsAway = 'Live updates are away. Looking every few seconds.';
const nothingIsThere = 'No connection. Trying again by itself; what you typed is kept.';

describe('the page when something is away', () => {
  let web: Web;

  beforeAll(async () => {
    web = await startWeb({ mainEnvironment: { API_KEYS: `acme:${apiKey}` } });
  });
  afterEach(() => web.closePages());
  afterAll(async () => {
    await web?.stop();
    await expectNoLeakedProcesses();
  });

  const openMaker = async (): Promise<OpenPage & { maker: Maker }> => {
    const opened = await web.open('/', {}, isNotSignedIn);
    const { page } = opened;
    await signIn(page, apiKey);
    await untilLive(opened);
    await page.evaluate(() => Object.assign(window, { isTheSamePage: true }));
    return { ...opened, maker: makerOn(page) };
  };

  const acceptedOf = async (prompt: string) => (await web.stack.control.submissions(prompt)).accepted;
  const untilProviderWorks = (prompt: string) =>
    until('the provider works on it', async () => (await acceptedOf(prompt)) === 1);

  test('communication is killed: polling takes over, the page says so quietly, and push comes back', async () => {
    const { page, maker, traffic, faults } = await openMaker();
    faults.expect(nobodyAnswers);
    await web.stack.control.plan({ match: 'under way', latencyMs: 4_000 });
    await maker.make('under way when it happens');
    await untilProviderWorks('under way when it happens');
    await web.stack.communication.service.kill();
    await untilChannel(page, 'polling');
    await page.getByRole('status').getByText(pushIsAway).waitFor();
    await maker.untilCard('under way when it happens', 'Done');
    await maker.make('made by polling');
    await maker.untilCard('made by polling', 'Done');
    expect(polls(traffic.requests()).length).toBeGreaterThan(0);

    await web.stack.communication.start();
    await untilChannel(page, 'websocket');
    await page.getByText(pushIsAway).waitFor({ state: 'hidden' });
    traffic.beginAnew();
    await maker.make('pushed again');
    await maker.untilCard('pushed again', 'Done');
    await untilPushed({ traffic }, 'call.completed');

    expect(polls(traffic.requests())).toEqual([]);
    expect(await isTheSamePage(page)).toBe(true);
  });

  test('a browser that has no WebSocket is told by server-sent events, and polls for nothing', async () => {
    const { page, traffic } = await web.open('/', {}, isNotSignedIn);
    await page.addInitScript('delete window.WebSocket');
    await page.reload();
    const streams = watchStreams(page);
    await signIn(page, apiKey);
    await untilChannel(page, 'sse');
    traffic.beginAnew();
    const maker = makerOn(page);
    await maker.make('told by a stream');
    await maker.untilCard('told by a stream', 'Done');
    await maker.card('told by a stream').getByRole('img').waitFor();

    expect(streams.size).toBe(1);
    expect(traffic.requests().filter(isQuestion)).toEqual([]);
  });

  test('a reload in the middle loses nothing: neither what was typed nor what is under way', async () => {
    const { page, maker } = await openMaker();
    await web.stack.control.plan({ match: 'slow and steady', latencyMs: 4_000 });
    await maker.make('slow and steady');
    await untilProviderWorks('slow and steady');
    await maker.prompt.fill('half a thought');
    await page.getByRole('radio', { name: '16:9' }).check();
    await page.reload();

    expect(await maker.prompt.inputValue()).toBe('half a thought');
    expect(await page.getByRole('radio', { name: '16:9' }).isChecked()).toBe(true);
    await maker.untilCard('slow and steady', 'Done');
    expect(await acceptedOf('slow and steady')).toBe(1);
  });

  test('a reload while a call is being sent sends it on, and makes it once', async () => {
    const { page, maker, faults } = await openMaker();
    faults.expect(/ERR_FAILED/);
    const keys: (string | undefined)[] = [];
    await page.route('**/v1/calls', async (route) => {
      keys.push(route.request().headers()['idempotency-key']);
      // The first is accepted, and nobody hears of it.
      if (keys.length > 1) return route.fallback();
      await route.fetch();
      await page.reload();
    });
    await maker.make('sent into the dark');
    await maker.untilCard('sent into the dark', 'Done');

    expect(keys).toEqual([expect.any(String), keys[0]]);
    expect(await maker.cards('sent into the dark').count()).toBe(1);
    expect(await acceptedOf('sent into the dark')).toBe(1);
  });

  test('a lost network is survived without a reload: what was asked for is sent when it is back', async () => {
    const { page, context, maker, faults } = await openMaker();
    faults.expect(nobodyAnswers);
    await context.setOffline(true);
    await maker.make('written on a train');
    await maker.card('written on a train').getByText('No connection: sent as soon as it is back.').waitFor();
    await page.getByRole('status').getByText(nothingIsThere).waitFor();
    await maker.prompt.fill('half a thought');
    await context.setOffline(false);
    await maker.untilCard('written on a train', 'Done');
    await untilChannel(page, 'websocket');

    expect(await maker.prompt.inputValue()).toBe('half a thought');
    expect(await acceptedOf('written on a train')).toBe(1);
    expect(await isTheSamePage(page)).toBe(true);
  });

  test('a restarted main is survived without a reload, and nothing that was typed is lost', async () => {
    const { page, maker, faults } = await openMaker();
    faults.expect(nobodyAnswers);
    await web.stack.main.service.kill();
    await maker.make('asked while nobody listens');
    await maker.card('asked while nobody listens').getByText('No connection: sent as soon as it is back.').waitFor();
    await maker.prompt.fill('half a thought');
    await web.stack.main.start();
    await maker.untilCard('asked while nobody listens', 'Done');

    expect(await maker.prompt.inputValue()).toBe('half a thought');
    expect(await acceptedOf('asked while nobody listens')).toBe(1);
    expect(await isTheSamePage(page)).toBe(true);
  });

  test('a log that was shortened while the page was away is survived without a reload: all is read again, and push goes on', async () => {
    const { page, context, maker, faults } = await openMaker();
    faults.expect(nobodyAnswers);
    faults.expect(/status of 410/);
    await maker.make('seen before');
    await maker.untilCard('seen before', 'Done');
    // A socket that is open outlives the browser's own way of being without a network.
    await web.stack.communication.service.kill();
    await untilChannel(page, 'polling');
    await context.setOffline(true);
    const darkroom = createDarkroom({ baseUrl: web.stack.main.url, apiKey });
    const { id } = await darkroom.calls.create({
      integration: 'nanobanana2',
      operation: 'text-to-image',
      input: { prompt: 'made while away' },
    });
    await darkroom.calls.wait(id);
    await removeEvents(web.stack.place.databaseUrl);
    await web.stack.communication.start();
    await context.setOffline(false);
    await maker.untilCard('made while away', 'Done');
    await untilChannel(page, 'websocket');
    await maker.make('made afterwards');
    await maker.untilCard('made afterwards', 'Done');
    expect(await isTheSamePage(page)).toBe(true);

    await maker.card('made while away').getByRole('link').first().click();
    await page.getByRole('dialog').getByText('Earlier events are no longer kept.').waitFor();
  });

  test('an expired session is survived without a reload: the page asks for the key, and what was typed is still there', async () => {
    const { page, context, maker, faults } = await openMaker();
    faults.expect(/status of 401/);
    await maker.prompt.fill('half a thought');
    // Signed out in another window.
    const ended = await context.request.delete('/v1/session', { headers: { origin: web.stack.main.url } });
    expect(ended.status()).toBe(204);
    await page.getByRole('dialog', { name: 'Your session has ended' }).waitFor();
    await signIn(page, apiKey);
    await untilChannel(page, 'websocket');

    expect(await maker.prompt.inputValue()).toBe('half a thought');
    await maker.make('asked by another session');
    await maker.untilCard('asked by another session', 'Done');
    expect(await isTheSamePage(page)).toBe(true);
  });

  test('an expired token is survived without a reload, even where none could be had in time', async () => {
    const opened = await web.open('/', {}, isNotSignedIn);
    const { page, traffic, faults } = opened;
    faults.expect(/ERR_FAILED .*\/v1\/tokens/);
    const hasExpired = () => traffic.pushed().some((message) => message.includes('"token_expired"'));
    let tokens = 0;
    await page.route('**/v1/tokens', async (route) => {
      tokens += 1;
      if (tokens > 1) return hasExpired() ? route.fallback() : route.abort();
      const response = await route.fetch();
      const answer = (await response.json()) as { token: string };
      await route.fulfill({
        response,
        json: { ...answer, token: endingSoon(answer.token, web.stack.place.internalToken) },
      });
    });
    await signIn(page, apiKey);
    await untilLive(opened);
    await until('the token has expired', hasExpired);
    await untilChannel(page, 'websocket');
    traffic.beginAnew();
    const maker = makerOn(page);
    await maker.make('after the token');
    await maker.untilCard('after the token', 'Done');

    await untilPushed(opened, 'call.completed');
  });
});

/** All of the log, as retention does it. */
async function removeEvents(connectionString: string): Promise<void> {
  const pool = createPool({ connectionString, max: 1, applicationName: 'test', onConnectionLost: () => undefined });
  await pool.query('update accounts set events_removed_through = last_sequence');
  await pool.query('delete from events');
  await pool.end();
}

function polls(requests: readonly string[]): string[] {
  return requests.filter((request) => request.startsWith('GET /v1/events'));
}

/** The streams of server-sent events that are open, now and later. One that takes long to open is given up for the next. */
function watchStreams(page: Page): ReadonlySet<Request> {
  const open = new Set<Request>();
  page.on('request', (request) => {
    if (new URL(request.url()).pathname === '/v1/stream') open.add(request);
  });
  const forget = (request: Request) => void open.delete(request);
  page.on('requestfinished', forget).on('requestfailed', forget);
  return open;
}

/** Whether it asks for what could have been told; or whether the stream had to be opened again. */
function isQuestion(request: string): boolean {
  return /^GET \/v1\/(events|calls\/|stream)/.test(request);
}

/** Whether the page was never loaded anew. */
function isTheSamePage(page: Page): Promise<boolean> {
  return page.evaluate(() => 'isTheSamePage' in window);
}

/** The same token, signed with the same secret, but for one second. */
function endingSoon(token: string, secret: string): string {
  const [head = '', body = ''] = token.split('.');
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>;
  const exp = Math.floor(Date.now() / 1000) + 1;
  const signed = `${head}.${Buffer.from(JSON.stringify({ ...claims, exp })).toString('base64url')}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}
