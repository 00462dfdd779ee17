import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { artifactsOf, type Call, createDarkroom, type Darkroom } from '@darkroom/client';
import { expectNoLeakedProcesses, readZip, until } from '@darkroom/testing';
import type { Page } from 'playwright-core';
import { download, sha256Of } from '../src/downloaded.ts';
import { dropFile } from '../src/drop-file.ts';
import { imagesAndVideos } from '../src/images-and-videos.ts';
import { untilChannel } from '../src/maker.ts';
import { startWeb, type Web } from '../src/start-web.ts';

describe('batches in the page', () => {
  let web: Web;
  let darkroom: Darkroom;

  beforeAll(async () => {
    web = await startWeb(imagesAndVideos);
    darkroom = createDarkroom({ baseUrl: web.stack.main.url });
  });
  afterEach(() => web.closePages());
  afterAll(async () => {
    await web?.stop();
    await expectNoLeakedProcesses();
  });

  test('a batch of 20 of which two fail: its progress is seen, what failed is retried, and all comes as a ZIP', async () => {
    await web.stack.control.plan({ match: 'forbidden', times: 2, fault: { kind: 'content_block', where: 'prompt' } });
    const prompts = Array.from(
      { length: 20 },
      (_, n) => `${n === 3 || n === 11 ? 'forbidden' : 'harmless'} scene ${n}`,
    );
    const { page, traffic } = await web.open('/batches');
    await untilChannel(page, 'websocket');
    await page.getByRole('textbox', { name: 'Prompts' }).fill(prompts.join('\n'));
    await page.getByText('20 lines are good').waitFor();
    await noteProgress(page);
    await page.getByRole('button', { name: 'Make 20 calls' }).click();
    await page.getByRole('heading', { name: '20 calls' }).waitFor();
    traffic.beginAnew();
    await untilEnded(page, 20);
    const ended = await notedProgress(page);

    expect(ended.length).toBeGreaterThan(2);
    expect(ended).toEqual(ended.toSorted((left, right) => left - right));
    expect(traffic.requests().filter((request) => request.startsWith('GET /v1/events'))).toEqual([]);
    await page.getByText('2 failed').waitFor();
    await until('every call is listed', async () => (await page.getByRole('gridcell').count()) === 20);
    const batchId = page.url().split('/').at(-1) ?? '';
    await expectArchiveOf(page, batchId, 18);

    await page.getByRole('button', { name: 'Retry 2 failures' }).click();
    await page.getByRole('heading', { name: '2 calls' }).waitFor();
    await untilEnded(page, 2);
    expect(await page.getByText(/^\d+ failed$/).count()).toBe(0);
    const retryId = page.url().split('/').at(-1) ?? '';
    await expectArchiveOf(page, retryId, 2);
    const retried: unknown[] = [];
    for await (const { input } of darkroom.batches.calls(retryId)) retried.push(input['prompt']);
    expect(retried).toEqual(['forbidden scene 3', 'forbidden scene 11']);
    expect((await web.stack.control.submissions('harmless')).accepted).toBe(18);
    expect((await web.stack.control.submissions('forbidden')).received).toBe(4);
  });

  test('a line with a fault is told of before anything is sent', async () => {
    const { page, traffic } = await web.open('/batches');
    await page.getByRole('textbox', { name: 'Prompts' }).fill('prompt,aspectRatio\na fox,16:9\nan owl,17:5\n');
    await page.getByText('1 line has a fault').waitFor();
    await page.getByText('Shape: Use one of').waitFor();
    expect(await page.getByRole('button', { name: 'Make 1 call' }).isDisabled()).toBe(true);
    await page.getByRole('switch', { name: 'Leave faulty lines out' }).check();
    expect(await page.getByRole('button', { name: 'Make 1 call' }).isDisabled()).toBe(false);
    await page.reload();
    await page.getByText('1 line has a fault').waitFor();

    expect(traffic.requests().filter((request) => request.startsWith('POST /v1/batches'))).toEqual([]);
  });

  test('a CSV that is dropped anywhere on the page is checked line by line, and what it replaces may be had back', async () => {
    const { page } = await web.open('/batches');
    const prompts = page.getByRole('textbox', { name: 'Prompts' });
    await prompts.fill('typed by hand');
    const content = Buffer.from('prompt,aspectRatio\na fox,16:9\nan owl,17:5\n');
    expect(await dropFile(page, 'header', { name: 'animals.csv', type: 'text/csv', content })).toBe(true);
    await page.getByText('1 line has a fault').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();

    expect(await prompts.inputValue()).toBe('typed by hand');
  });

  test('a batch whose answer was lost is made once, whatever else of the form has changed', async () => {
    const { page } = await web.open('/batches');
    // Main has made it, and what stands between answers in its place.
    await page.route('**/v1/batches', async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      await route.fetch();
      await route.fulfill({ body: 'Sign in to this network.' });
    });
    await page.getByRole('textbox', { name: 'Prompts' }).fill('a lost fox\na lost owl');
    await page.getByRole('button', { name: 'Make 2 calls' }).click();
    await page.getByText('Trying again by itself; nothing is made twice.').waitFor();
    // Every attempt up to here loses its answer, also one that begins just now.
    await page.reload();
    await page.getByText('Sending again makes nothing twice.').waitFor();
    await page.unrouteAll({ behavior: 'wait' });
    await page.getByRole('slider', { name: 'At once' }).press('ArrowRight');
    await page.getByText('It is sent with the settings of the first time.').waitFor();
    await page.getByRole('button', { name: 'Make 2 calls' }).click();
    await page.getByRole('heading', { name: '2 calls' }).waitFor();
    await untilEnded(page, 2);

    expect((await web.stack.control.submissions('a lost')).accepted).toBe(2);
    await page.goto('/batches');
    expect(await page.getByRole('textbox', { name: 'Prompts' }).inputValue()).toBe('');
  });

  test('the progress of a batch of more calls than are listed is pushed too, and the rest is cancelled', async () => {
    await web.stack.control.plan({ match: 'one after another', taskMs: 600_000 });
    const { id } = await darkroom.batches.create({
      maxConcurrent: 1,
      calls: Array.from({ length: 70 }, (_, n) => ({
        integration: 'sora',
        operation: 'text-to-video',
        input: { prompt: `one after another ${n}` },
      })),
    });
    const { page } = await web.open(`/batches/${id}`);
    await untilChannel(page, 'websocket');
    await page.getByText('0 of 70 ended').waitFor();
    await page.getByText('1 in progress').waitFor();
    // It is in progress a moment before the provider has it; until then it could still be cancelled unpaid.
    const taskOf = (n: number) =>
      until(
        `the provider has call ${n}`,
        async () => (await web.stack.control.submissions(`one after another ${n}`)).items[0]?.taskId,
      );
    await web.stack.control.finishTask(await taskOf(0));
    await page.getByText('1 of 70 ended').waitFor();
    await taskOf(1);
    await page.getByRole('button', { name: 'Cancel the rest' }).click();
    await page.getByText('What waited was cancelled. Calls under way stop where their provider can.').waitFor();

    await page.getByText('68 cancelled').waitFor();
  });

  /** Notes every number of ended calls that the page shows, from before there is a batch. */
  const noteProgress = (page: Page) =>
    page.evaluate(() => {
      const seen: number[] = ((window as never as { seen: number[] })['seen'] = []);
      const note = () => {
        const now = document.querySelector('[role=progressbar][aria-valuemax]')?.getAttribute('aria-valuenow');
        if (now && Number(now) !== seen.at(-1)) seen.push(Number(now));
      };
      const changes = { subtree: true, childList: true, attributeFilter: ['aria-valuenow'] };
      new MutationObserver(note).observe(document.body, changes);
    });
  const notedProgress = (page: Page) => page.evaluate(() => (window as never as { seen: number[] })['seen']);

  const untilEnded = (page: Page, total: number) => page.getByText(`${total} of ${total} ended`).first().waitFor();

  /** Downloads the ZIP, opens each file and compares it with the hash of its artifact. */
  const expectArchiveOf = async (page: Page, batchId: string, files: number): Promise<void> => {
    const { fileName, bytes } = await download(page, page.getByRole('link', { name: 'Download all (ZIP)' }));
    const calls: Call[] = [];
    for await (const call of darkroom.batches.calls(batchId, { status: ['completed'] })) calls.push(call);
    const stored = calls.flatMap(artifactsOf).map(({ sha256 }) => sha256);

    expect(stored).toHaveLength(files);
    expect((await readZip(bytes)).map(({ content }) => sha256Of(content))).toEqual(stored);
    expect(fileName).toMatch(new RegExp(`^darkroom-.*${batchId}\\.zip$`));
  };
});
