import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { artifactsOf, type Call, createDarkroom, type Darkroom } from '@darkroom/client';
import { expectNoLeakedProcesses, until } from '@darkroom/testing';
import type { Page } from 'playwright-core';
import { download, sha256Of } from '../src/downloaded.ts';
import { dropFile } from '../src/drop-file.ts';
import { imagesAndVideos } from '../src/images-and-videos.ts';
import { type Maker, makerOn, untilLive, untilPushed } from '../src/maker.ts';
import { pasteImage } from '../src/paste-image.ts';
import { type OpenPage, startWeb, type Web } from '../src/start-web.ts';

describe('making something in the page', () => {
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

  const openMaker = async (): Promise<OpenPage & { maker: Maker }> => {
    const opened = await web.open();
    await untilLive(opened);
    return { ...opened, maker: makerOn(opened.page) };
  };

  /** The only call of a prompt. */
  const callOf = async (prompt: string): Promise<Call> => {
    const { items } = await darkroom.calls.list({ prompt });
    expect(items).toHaveLength(1);
    return items[0] as Call;
  };

  /** The end came over the WebSocket, and neither the log nor the call was asked for. */
  const expectPushed = async ({ traffic }: OpenPage, { id }: Call) => {
    await untilPushed({ traffic }, 'call.completed', id);
    expect(traffic.requests().filter((request) => /^GET \/v1\/(events|calls\/)/.test(request))).toEqual([]);
  };

  test('an image: the prompt is typed, its card is there at once, and the image comes by push', async () => {
    const opened = await openMaker();
    const { page, maker, traffic } = opened;
    // Its card is there before main has heard of it.
    const isThere = Promise.withResolvers<void>();
    await page.route('**/v1/calls', async (route) => {
      await isThere.promise;
      await route.continue();
    });
    traffic.beginAnew();
    await maker.make('a lighthouse at dawn');
    await maker.untilCard('a lighthouse at dawn', 'Sending…');
    isThere.resolve();
    await maker.untilCard('a lighthouse at dawn', 'Done');

    await expectPushed(opened, await callOf('a lighthouse at dawn'));
    await untilDrawn(page, 'a lighthouse at dawn');
  });

  test('Ctrl and Enter submit several variations at once', async () => {
    const { page, maker } = await openMaker();
    await maker.prompt.fill('four seasons');
    await page.getByRole('button', { name: 'One more' }).click();
    await maker.prompt.press('ControlOrMeta+Enter');
    await maker.cards('four seasons').nth(1).getByText('Done').waitFor();
    await maker.cards('four seasons').nth(0).getByText('Done').waitFor();

    expect((await web.stack.control.submissions('four seasons')).accepted).toBe(2);
  });

  test('an edit: an image is pasted anywhere on the page, and what it becomes comes by push', async () => {
    const opened = await openMaker();
    const { page, maker, traffic } = opened;
    await pasteImage(page, { width: 320, height: 200 });
    await page.getByRole('img', { name: 'image.png' }).waitFor();
    traffic.beginAnew();
    await maker.make('the same by night');
    await maker.untilCard('the same by night', 'Done');

    const call = await callOf('the same by night');
    await expectPushed(opened, call);
    expect(call.operation).toBe('image-to-image');
    const [image] = call.input['images'] as { uploadId: string }[];
    const upload = await fetch(`${web.stack.main.url}/v1/uploads/${image?.uploadId}`);
    expect(await upload.json()).toMatchObject({ width: 320, height: 200, contentType: 'image/png' });
  });

  test('an image that is dropped anywhere on the page becomes a reference, and no page is left for one', async () => {
    const { page } = await openMaker();
    const file = { name: 'dropped.png', type: 'image/png', content: await aPng(page) };
    expect(await dropFile(page, 'header', file)).toBe(true);
    await page.getByRole('img', { name: 'dropped.png' }).waitFor();
    await page.getByRole('button', { name: 'Crop', exact: true }).waitFor();
    await page.goto('/gallery');
    await page.getByRole('searchbox').waitFor();

    expect(await dropFile(page, 'header', file)).toBe(true);
  });

  test('nothing is made without an image that did not get through, until it is sent again or removed', async () => {
    const { page, maker, traffic } = await openMaker();
    await pasteImage(page, { width: 320, height: 200 });
    await page.getByRole('button', { name: 'Crop', exact: true }).waitFor();
    // What stands between answers in the place of main: that is not tried again by itself.
    await page.route('**/v1/uploads', (route) => route.fulfill({ body: 'Sign in to this network.' }));
    await pasteImage(page, { width: 200, height: 320 });
    await page.getByRole('alert').filter({ hasText: 'image.png: The upload did not get through.' }).waitFor();
    await page.unroute('**/v1/uploads');
    await maker.make('both of them as one');
    const retry = page.getByRole('button', { name: 'Upload again' });
    await until('what mends it has the focus', () => retry.evaluate((button) => button === document.activeElement));

    expect(traffic.requests()).not.toContain('POST /v1/calls');
    await retry.press('Enter');
    await page.getByRole('button', { name: 'Crop', exact: true }).nth(1).waitFor();
    await page.getByRole('button', { name: 'Make it' }).click();
    await maker.untilCard('both of them as one', 'Done');
    expect((await callOf('both of them as one')).input['images']).toHaveLength(2);
  });

  test('a part of an image is cut when the image is there, and once however fast one clicks', async () => {
    const { page, traffic } = await openMaker();
    await pasteImage(page, { width: 320, height: 200 });
    await page.getByRole('button', { name: 'Crop', exact: true }).waitFor();
    const image = Promise.withResolvers<void>();
    await page.route('**/v1/uploads/*/content', async (route) => {
      await image.promise;
      await route.fallback();
    });
    await page.getByRole('button', { name: 'Crop', exact: true }).click();
    const use = page.getByRole('dialog').getByRole('button', { name: 'Use this part' });
    await use.waitFor();
    expect(await use.isDisabled()).toBe(true);
    // The shape is that of the part also where it was chosen before.
    await page.getByRole('dialog').getByRole('radio', { name: '16:9' }).check();
    image.resolve();
    traffic.beginAnew();
    const uploaded = page.waitForResponse((response) => new URL(response.url()).pathname === '/v1/uploads');
    await use.dblclick();
    await use.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Make it' }).waitFor();

    expect(traffic.requests().filter((request) => request === 'POST /v1/uploads')).toHaveLength(1);
    expect(await (await uploaded).json()).toMatchObject({ width: 320, height: 180 });
  });

  test('a video: it comes by push and plays in its place', async () => {
    const opened = await openMaker();
    const { page, maker, traffic } = opened;
    await maker.choose('Video');
    traffic.beginAnew();
    await maker.make('a wave that breaks');
    await maker.untilCard('a wave that breaks', 'Done');

    await expectPushed(opened, await callOf('a wave that breaks'));
    const card = maker.card('a wave that breaks');
    await card.getByRole('button', { name: 'Play' }).click();
    await card.getByRole('button', { name: 'Stop' }).waitFor();
    expect(await page.locator('video').evaluate((video: HTMLVideoElement) => video.error)).toBeNull();
    await card.getByRole('link').first().click();
    const large = page.getByRole('dialog').locator('video[controls]');
    expect(await large.evaluate((video: HTMLVideoElement) => [video.autoplay, video.muted])).toEqual([true, true]);
  });

  test('an answer that comes after the end was pushed does not undo it', async () => {
    const { page, maker, traffic } = await openMaker();
    await page.route('**/v1/calls', async (route) => {
      const response = await route.fetch();
      await untilPushed({ traffic }, 'call.completed');
      await route.fulfill({ response });
    });
    await maker.make('an answer on a long way');
    await page.getByText('Sending…').waitFor({ state: 'hidden' });

    await maker.untilCard('an answer on a long way', 'Done');
    expect(await maker.cards('an answer on a long way').count()).toBe(1);
  });

  test('cancel tells the truth: before the provider had it nothing was charged', async () => {
    const { maker } = await openMaker();
    await web.stack.control.plan({ match: 'too busy', fault: { kind: 'rate_limited', retryAfterSeconds: 60 } });
    await maker.make('too busy to begin');
    await maker.untilCard('too busy to begin', 'In progress');
    const card = maker.card('too busy to begin');
    await until(
      'the provider has refused it',
      async () => (await callOf('too busy to begin')).submissions.refused === 1,
    );
    await card.getByText('Waits for a worker').waitFor();
    await card.getByRole('button', { name: 'Cancel' }).click();
    await maker.untilCard('too busy to begin', 'Cancelled');
    await card.getByText('Nothing was charged.').waitFor();

    expect((await callOf('too busy to begin')).status).toBe('cancelled');
    expect((await web.stack.control.submissions('too busy to begin')).accepted).toBe(0);
  });

  test('cancel tells the truth: what the provider could not stop is kept, and the page says so', async () => {
    const { page, maker } = await openMaker();
    await web.stack.control.plan({ match: 'too late', taskMs: 600_000 });
    await maker.choose('Video');
    await maker.make('too late to stop');
    const card = maker.card('too late to stop');
    await card.getByText('The provider is working on it').waitFor();
    await card.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('Cancel asked for. If it cannot be stopped, you keep the result.').waitFor();
    await card.getByText('The provider cannot stop it: you keep the result.').waitFor();
    const { accepted, items } = await web.stack.control.submissions('too late to stop');
    await web.stack.control.finishTask(items[0]?.taskId ?? '');
    await maker.untilCard('too late to stop', 'Done');
    await card.getByRole('link', { name: 'Open: too late to stop' }).click();
    await page.getByText('It could not be stopped in time: the result was kept.').waitFor();

    expect(accepted).toBe(1);
  });

  test('a failure says why in words a person understands, and a retry makes it again', async () => {
    const { page, maker } = await openMaker();
    await web.stack.control.plan({
      match: 'in bad taste',
      times: 1,
      fault: { kind: 'content_block', where: 'prompt' },
    });
    await maker.make('something in bad taste');
    await maker.untilCard('something in bad taste', 'Failed');
    await maker.card('something in bad taste').getByText('The provider rejects this content').waitFor();
    await maker.card('something in bad taste').getByRole('button', { name: 'Retry' }).dblclick();
    const lead = page.getByRole('button', { name: 'Open the new one' });
    // It is offered for some seconds, and the new one may take longer.
    await lead.click();
    await page.getByRole('dialog').getByText('Done', { exact: true }).first().waitFor();
    const openId = new URL(page.url()).searchParams.get('open');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    expect(await maker.cards('something in bad taste').count()).toBe(2);
    const { items } = await darkroom.calls.list({ prompt: 'something in bad taste' });
    expect(items.map(({ status, retryOf }) => [status, retryOf])).toEqual([
      ['completed', items[1]?.id],
      ['failed', undefined],
    ]);
    expect(openId).toBe(items[0]?.id);
    await untilDrawn(page, 'something in bad taste');
  });

  test('what breaks outside of every part leaves a page that says so in its language, and a way out', async () => {
    const { page, faults } = await web.open('/', { locale: 'zh-CN' });
    faults.expect(/broken on purpose/);
    await page.getByRole('textbox', { name: '提示词', exact: true }).fill('一座灯塔');
    await page.addInitScript(() => {
      const listen = window.addEventListener.bind(window);
      window.addEventListener = (...given: Parameters<typeof listen>) => {
        if (given[0] === 'storage' && sessionStorage.getItem('breaks') !== null) throw new Error('broken on purpose');
        listen(...given);
      };
    });
    await page.evaluate(() => sessionStorage.setItem('breaks', 'yes'));
    await page.reload();
    await page.getByRole('heading', { name: '页面出错了' }).waitFor();
    await page.evaluate(() => sessionStorage.removeItem('breaks'));
    await page.getByRole('button', { name: '重试' }).click();

    await page.getByRole('textbox', { name: '提示词', exact: true }).waitFor();
    expect(await page.getByRole('textbox', { name: '提示词', exact: true }).inputValue()).toBe('一座灯塔');
  });

  test('a language that cannot be fetched leaves the page in its own, says so, and may be chosen again', async () => {
    const { page, faults } = await openMaker();
    faults.expect(/ERR_FAILED/);
    await page.route('**/assets/chinese-*', (route) => route.abort());
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('radio', { name: '中文' }).click();
    await page.getByText('That did not get through. Try again.').waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await page.unroute('**/assets/chinese-*');
    await page.getByRole('radio', { name: '中文' }).click();

    await page.getByRole('textbox', { name: '提示词', exact: true }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
  });

  test('a download is one click, has a readable name, and is byte for byte what was stored', async () => {
    const { page, maker } = await openMaker();
    await maker.make('A fox, asleep in snow!');
    await maker.untilCard('A fox, asleep in snow!', 'Done');
    const link = maker.card('A fox, asleep in snow!').getByRole('link', { name: 'Download' });
    const { fileName, bytes } = await download(page, link);

    const [artifact] = artifactsOf(await callOf('A fox, asleep in snow!'));
    expect(sha256Of(bytes)).toBe(artifact?.sha256);
    const { items } = await web.stack.control.submissions('A fox, asleep in snow!');
    expect(items[0]?.results).toEqual([{ sha256: artifact?.sha256 }]);
    expect(fileName).toMatch(/a-fox-asleep-in-snow.*\.png$/);
  });

  test.each([
    ['moving.gif', Buffer.from('GIF89a'), 'This kind of file is not taken. Use PNG, JPEG, WEBP.'],
    ['empty.png', Buffer.alloc(0), 'The file is empty.'],
    ['damaged.png', Buffer.from('no image'), 'The file is damaged, or is not what its name says.'],
    ['huge.png', Buffer.alloc(31 * 1024 * 1024), 'The file has 31 MB; at most 30 MB.'],
  ])('an upload that is refused, %s, says why before it is sent', async (name, content, why) => {
    const { page, maker, traffic } = await openMaker();
    const file = join(web.stack.middleware.directory, name);
    await writeFile(file, content);
    await maker.choose('Edit');
    await page.getByLabel('Add an image').setInputFiles(file);
    await page
      .getByRole('alert')
      .filter({ hasText: `${name}: ${why}` })
      .waitFor();

    expect(traffic.requests().filter((request) => request.includes('/v1/uploads'))).toEqual([]);
  });
});

/** Resolves when the pixels of the newest image of a prompt are there. */
async function untilDrawn(page: Page, name: string): Promise<void> {
  const image = await page.getByRole('img', { name, exact: true }).first().elementHandle();
  await page.waitForFunction((element) => element instanceof HTMLImageElement && element.naturalWidth > 0, image);
}

/** A small image. */
async function aPng(page: Page): Promise<Buffer> {
  const url = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    canvas.width = 320;
    canvas.height = 200;
    return canvas.toDataURL('image/png');
  });
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
}
