import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createPool } from '@darkroom/platform-postgres';
import { expectNoLeakedProcesses, until } from '@darkroom/testing';
import type { Page } from 'playwright-core';
import { untilChannel } from '../src/maker.ts';
import { measureScrolling } from '../src/measure-scrolling.ts';
import { startWeb, type Web } from '../src/start-web.ts';

const many = 10_000;

describe('a gallery of ten thousand results', () => {
  let web: Web;

  beforeAll(async () => {
    web = await startWeb();
    const { id } = await web.stack.submit({ prompt: 'the one that was really made' });
    await web.stack.waitForEnd(id);
    await copyCall(web.stack.place.databaseUrl, id);
  });
  afterEach(() => web.closePages());
  afterAll(async () => {
    await web?.stop();
    await expectNoLeakedProcesses();
  });

  const openGallery = async (search = '') => {
    const opened = await web.open(`/gallery${search}`);
    await opened.page.getByRole('gridcell').first().waitFor();
    // With the subscription the list is read again, all of its pages that are there by then.
    await untilChannel(opened.page, 'websocket');
    return opened;
  };

  test('is looked through to its end: only what is near the window is there, and the rest comes page by page', async () => {
    const { page, traffic } = await openGallery();
    const most = await lookThrough(page);
    const pages = traffic.requests().filter((request) => /^GET \/v1\/calls\?.*cursor=/.test(request));

    expect(most.cells).toBeLessThan(150);
    expect(most.nodes).toBeLessThan(2_500);
    const different = new Set(pages).size;
    expect(different).toBe(Math.ceil((many + 1) / 60) - 1);
    // What is under way when the subscription begins is read again.
    expect(pages.length - different).toBeLessThanOrEqual(1);
    await page.keyboard.press('End');
    await cell(page, 'seeded 1').waitFor();

    const small = await openGallery('?q=seeded+99');
    await lookThrough(small.page);
    await small.page.bringToFront();
    const ofHundred = await measureScrolling(small.page);
    await page.bringToFront();
    const ofAll = await measureScrolling(page);
    process.stdout.write(`Scrolling through ${many} results: ${JSON.stringify({ ofAll, ofHundred })}\n`);
    expect(ofAll.mostCells).toBeLessThanOrEqual(1.5 * ofHundred.mostCells);
  });

  test('is searched and filtered, and the address holds how: over a reload, back and forward', async () => {
    const { page } = await openGallery();
    const prompts = () => page.getByRole('gridcell').getByRole('link').count();
    await page.keyboard.press('/');
    await page.keyboard.type('777 seeded');
    await until('it is searched', async () => (await prompts()) === 19);
    await page.getByLabel('Status').selectOption('failed');
    await until('it is filtered by status', async () => (await prompts()) === 10);
    await page.getByLabel('From').fill('2026-01-01');
    await page.getByLabel('To').fill('2026-01-02');
    await cell(page, 'seeded 1777').waitFor();
    await until('it is filtered by date', async () => (await prompts()) === 5);
    const address = '/gallery?q=777+seeded&status=failed&from=2026-01-01&to=2026-01-02';
    expect(page.url()).toBe(`${web.stack.main.url}${address}`);

    await page.reload();
    await cell(page, 'seeded 1777').waitFor();
    expect(await page.getByRole('searchbox').inputValue()).toBe('777 seeded');
    expect(await page.getByLabel('Status').inputValue()).toBe('failed');
    for (let back = 0; back < 2; back += 1) await page.goBack();
    await until('the dates are taken back', async () => (await prompts()) === 10);
    await page.goBack();
    await until('the status is taken back', async () => (await prompts()) === 19);
    await page.goForward();
    await until('it is there again', async () => (await prompts()) === 10);
    await page.getByLabel('Made by').selectOption('nanobanana2');
    await until('it is filtered by integration', async () => (await prompts()) === 0);
    await page.getByText('Try other words, or clear the filters.').waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).first().click();
    await cell(page, `seeded ${many}`).waitFor();
    expect(page.url()).toBe(`${web.stack.main.url}/gallery`);
    await page.getByLabel('Made by').selectOption('nanobanana2');
    await until('one of all is of that integration', async () => (await prompts()) === 1);
    await cell(page, 'the one that was really made').waitFor();
  });

  test('stays where it is while new results come, and says how many wait above', async () => {
    const { page } = await openGallery();
    await page.mouse.move(400, 400);
    await page.mouse.wheel(0, 3_000);
    await until('it is scrolled, and stands still', () => page.evaluate(standsBelow, 2_000));
    const shown = () => page.getByRole('gridcell').getByRole('link').first().getAttribute('aria-label');
    const before = await shown();
    await web.stack.submit({ prompt: 'made meanwhile' });
    const waiting = page.getByRole('button', { name: '1 new result' });
    await waiting.waitFor();
    expect(await shown()).toBe(before);
    await waiting.click();
    await cell(page, 'made meanwhile').waitFor();
  });

  test('is walked through by the keys, and the focus is back where it was when a result is closed', async () => {
    const { page } = await openGallery();
    const focused = () => page.evaluate(() => document.activeElement?.querySelector('.sr-only')?.textContent);
    await page.getByRole('gridcell').getByRole('link').first().focus();
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight', 'PageDown']) await page.keyboard.press(key);
    const before = await until(
      'a seeded one has the focus',
      async () => /seeded/.test((await focused()) ?? '') && focused(),
    );
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    expect(new URL(page.url()).searchParams.get('open')).toMatch(/^call_/);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });

    expect(await focused()).toBe(before);
    expect(page.url()).toBe(`${web.stack.main.url}/gallery`);
  });
});

/** Whether the page is scrolled beyond a place, and no further with the next frames. */
async function standsBelow(place: number): Promise<boolean> {
  const before = scrollY;
  for (let frames = 0; frames < 3; frames += 1) await new Promise(requestAnimationFrame);
  return scrollY > place && scrollY === before;
}

/** Scrolls to the end, and answers what was in the document at most on the way. */
function lookThrough(page: Page): Promise<{ cells: number; nodes: number }> {
  return page.evaluate(async () => {
    const seen = { cells: 0, nodes: 0 };
    while (!document.body.innerText.includes('That is everything.')) {
      window.scrollTo(0, document.body.scrollHeight);
      await new Promise(requestAnimationFrame);
      seen.cells = Math.max(seen.cells, document.querySelectorAll('[role=gridcell]').length);
      seen.nodes = Math.max(seen.nodes, document.querySelectorAll('*').length);
    }
    return seen;
  });
}

function cell(page: Page, prompt: string) {
  return page.getByRole('gridcell').getByRole('link', { name: new RegExp(`: ${prompt} — `) });
}

/** Ten thousand older calls like one, of two days and an integration of their own; every tenth has failed. */
async function copyCall(connectionString: string, id: string): Promise<void> {
  const pool = createPool({ connectionString, max: 1, applicationName: 'test', onConnectionLost: () => undefined });
  try {
    await pool.query(
      `insert into calls (id, account_id, integration, operation, input, metadata, limits, simulated, queued_at, status, started_at,
         first_claimed_at, completed_at, created_at, output, error)
       select 'call_00' || lpad(number::text, 24, '0'), account_id, 'another', operation,
         jsonb_build_object('prompt', 'seeded ' || number), metadata, limits, simulated, queued_at,
         case when number % 10 = 7 then 'failed' else 'completed' end, started_at, first_claimed_at, completed_at,
         case when number <= 5000 then timestamptz '2026-01-01 12:00Z' else timestamptz '2026-02-01 12:00Z' end,
         case when number % 10 = 7 then null else output end,
         case when number % 10 = 7 then '{"code":"provider_failed","message":"It failed.","retryable":false}'::jsonb end
       from calls, generate_series(1, ${many}) as number where id = $1`,
      [id],
    );
    await pool.query('vacuum analyze calls');
  } finally {
    await pool.end();
  }
}
