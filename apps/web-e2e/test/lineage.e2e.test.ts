import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { expectNoLeakedProcesses } from '@darkroom/testing';
import type { Locator, Page } from 'playwright-core';
import { type Maker, makerOn, untilChannel } from '../src/maker.ts';
import { middleOf } from '../src/middle-of.ts';
import { offerMasks } from '../src/offer-masks.ts';
import { startWeb, type Web } from '../src/start-web.ts';

interface MadeCall {
  id: string;
  input: Record<string, unknown>;
  sourceArtifactIds?: string[];
  output?: { images: { artifactId: string; width: number; height: number }[] };
}

describe('a result that is made from another', () => {
  let web: Web;

  beforeAll(async () => {
    web = await startWeb({ mainEnvironment: { TEMPORAL_UI_URL: 'http://temporal.test' } });
  });
  afterEach(() => web.closePages());
  afterAll(async () => {
    await web?.stop();
    await expectNoLeakedProcesses();
  });

  const callOf = async (prompt: string): Promise<MadeCall> => {
    const response = await fetch(`${web.stack.main.url}/v1/calls?prompt=${encodeURIComponent(prompt)}`);
    const { items } = (await response.json()) as { items: MadeCall[] };
    const call = items.find(({ input }) => input['prompt'] === prompt);
    if (call === undefined) throw new Error(`There is no call with the prompt "${prompt}".`);
    return call;
  };
  const resultOf = async (prompt: string) => (await callOf(prompt)).output?.images[0]?.artifactId;

  test('an edit, a crop of a result and an edit of that know what they are made from, and the history leads through all', async () => {
    const { page } = await web.open();
    const maker = makerOn(page);
    await maker.make('a lighthouse');
    await maker.untilCard('a lighthouse', 'Done');
    await editAgain(page, maker, 'a lighthouse');
    expect(await maker.prompt.inputValue()).toBe('');
    await maker.make('at night');
    await maker.untilCard('at night', 'Done');
    await editAgain(page, maker, 'a lighthouse');
    await cropTo(page, '16:9');
    await maker.make('only its lamp');
    await maker.untilCard('only its lamp', 'Done');
    await editAgain(page, maker, 'only its lamp');
    await maker.make('and switched off');
    await maker.untilCard('and switched off', 'Done');
    const cut = await callOf('only its lamp');

    expect((await callOf('at night')).sourceArtifactIds).toEqual([await resultOf('a lighthouse')]);
    expect(JSON.stringify(cut.input)).toContain('"uploadId":"upl_');
    expect(cut.sourceArtifactIds).toEqual([await resultOf('a lighthouse')]);
    expect((await callOf('and switched off')).sourceArtifactIds).toEqual([await resultOf('only its lamp')]);

    await page.goto(`/calls/${(await callOf('and switched off')).id}`);
    await page.getByRole('heading', { name: 'Edit history' }).waitFor();
    const tree = page.locator('section', { has: page.getByRole('heading', { name: 'Edit history' }) });
    expect(await drawn(tree.locator('ul').first())).toEqual([
      ['a lighthouse', 0],
      ['at night', 1],
      ['only its lamp', 1],
      ['and switched off', 2],
    ]);

    // The keys alone lead from the last to the first of them, and further.
    await tree.getByRole('link', { name: 'and switched off' }).focus();
    for (const key of ['ArrowUp', 'ArrowUp', 'ArrowUp', 'Enter']) await page.keyboard.press(key);
    await page.waitForURL(new RegExp((await callOf('a lighthouse')).id));
    const dialog = page.getByRole('dialog');
    await dialog.locator('a[aria-current]:focus').getByText('a lighthouse').waitFor();
    for (const key of ['ArrowDown', 'Enter']) await page.keyboard.press(key);
    await dialog.locator('a[aria-current]:focus').getByText('at night').waitFor();
    expect(page.url()).toContain((await callOf('at night')).id);
  });

  test('a result is used as an input beside others, and both are what the new one is made from', async () => {
    const { page } = await web.open();
    const maker = makerOn(page);
    for (const prompt of ['a red boat', 'a blue boat']) {
      await maker.make(prompt);
      await maker.untilCard(prompt, 'Done');
    }
    for (const prompt of ['a red boat', 'a blue boat']) {
      await openLarge(maker, prompt);
      await page.getByRole('dialog').getByRole('button', { name: 'Use as input' }).click();
      await page.getByRole('button', { name: `Remove ${prompt}` }).waitFor();
    }
    await maker.make('both boats in one harbour');
    await maker.untilCard('both boats in one harbour', 'Done');
    const sources = [await resultOf('a red boat'), await resultOf('a blue boat')];

    expect((await callOf('both boats in one harbour')).sourceArtifactIds).toEqual(sources);
  });

  test('where an operation takes a mask it is painted over the image: white where it may change, of its size, and part of its history', async () => {
    const { page } = await web.open('/gallery');
    const asked = await offerMasks(page);
    await page.goto('/');
    const maker = makerOn(page);
    await maker.make('a harbour wall');
    await maker.untilCard('a harbour wall', 'Done');
    await editAgain(page, maker, 'a harbour wall');
    const uploaded = page.waitForResponse((response) => new URL(response.url()).pathname === '/v1/uploads');
    await paintMask(page);
    const upload = (await (await uploaded).json()) as { id: string; sourceArtifactIds: string[] };
    await maker.make('with a red door');
    await maker.untilCard('with a red door', 'Done');

    expect(asked.at(-1)?.input.mask).toEqual({ uploadId: upload.id });
    expect(upload.sourceArtifactIds).toEqual([await resultOf('a harbour wall')]);
    const image = (await callOf('a harbour wall')).output?.images[0];
    const mask = await lightOf(page, `/v1/uploads/${upload.id}/content`);
    expect(mask).toEqual({ size: [image?.width, image?.height], middle: 255, erased: 0, corner: 0 });
  });

  test('two clicks pay once: on what makes it, on a Cancel whose place a Retry takes, and on that Retry; so does an Enter that is held', async () => {
    const { page, traffic } = await web.open();
    const maker = makerOn(page);
    const made = () =>
      traffic.requests().filter((request) => /^POST \/v1\/calls(\/[^/]+\/retry)?$/.test(request)).length;
    const fault = { kind: 'rate_limited', retryAfterSeconds: 60 } as const;
    await web.stack.control.plan({ match: 'clicked twice', times: 1, fault });
    await maker.prompt.fill('clicked twice');
    // Of a page that is busy, the second of two clicks may be heard late.
    await page.getByRole('button', { name: 'Make it' }).dblclick({ delay: 900 });
    const card = maker.card('clicked twice');
    await card.getByText('Waits for a worker').waitFor();
    await card.getByRole('button', { name: 'Cancel' }).click({ trial: true });
    const cancel = await middleOf(card.getByRole('button', { name: 'Cancel' }));
    const clickedAgain = clickOnceThereIs(page, 'Retry', cancel);
    await page.mouse.click(cancel.x, cancel.y);
    await clickedAgain;
    const retry = card.getByRole('button', { name: 'Retry' });
    await retry.click({ trial: true });
    expect(made()).toBe(1);
    await retry.dblclick();
    await maker.cards('clicked twice').nth(1).waitFor();
    await maker.untilCard('clicked twice', 'Done');
    expect((await web.stack.control.submissions('clicked twice')).accepted).toBe(1);

    await maker.prompt.fill('held down');
    await page.getByRole('button', { name: 'Make it' }).focus();
    for (let press = 0; press < 5; press += 1) await page.keyboard.down('Enter');
    await maker.untilCard('held down', 'Done');
    expect((await web.stack.control.submissions('held down')).accepted).toBe(1);
  });

  test('a screen reader is told whose status has changed, and nothing while only the time goes on', async () => {
    const { page } = await web.open();
    const maker = makerOn(page);
    const fault = { kind: 'rate_limited', retryAfterSeconds: 60 } as const;
    await web.stack.control.plan({ match: 'a slow boat', times: 1, fault });
    await maker.make('a slow boat');
    await maker.untilCard('a slow boat', 'In progress');
    await untilChannel(page, 'websocket');
    expect(await maker.card('a slow boat').getByRole('status').textContent()).toBe('a slow boat: In progress');
    await openLarge(maker, 'a slow boat');
    await page.getByRole('dialog').getByRole('status').getByText('In progress').waitFor();

    expect(await toldWhileTimeGoesOn(page)).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  });

  test('the small picture stands in for the large one until that has come, and does not show through it', async () => {
    const { page } = await web.open();
    const maker = makerOn(page);
    await maker.make('a ring of smoke');
    await maker.untilCard('a ring of smoke', 'Done');
    const mayCome = Promise.withResolvers<void>();
    await page.route('**/v1/artifacts/*/content', async (route) => {
      await mayCome.promise;
      await route.continue();
    });
    await openLarge(maker, 'a ring of smoke');
    const withSmall = page.getByRole('dialog').locator('img[style*=thumbnail]');
    await withSmall.waitFor({ state: 'attached' });
    mayCome.resolve();
    await withSmall.waitFor({ state: 'detached' });
  });

  test('a link that is copied opens the call with its workflow in Temporal; what its settings replace can be had back', async () => {
    const { page, context } = await web.open();
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const maker = makerOn(page);
    await maker.make('to be shown around');
    await maker.untilCard('to be shown around', 'Done');
    await maker.prompt.fill('half a thought');
    await openLarge(maker, 'to be shown around');
    await page.getByRole('button', { name: 'Copy link' }).click();
    await page.getByText('Link copied').waitFor();
    await page.goto(await page.evaluate(() => navigator.clipboard.readText()));
    const link = page.getByRole('link', { name: 'Workflow in Temporal' });

    expect(await link.getAttribute('href')).toMatch(
      new RegExp(`^http://temporal.test/namespaces/[^/]+/workflows/.*${(await callOf('to be shown around')).id}`),
    );
    await page.getByRole('button', { name: 'Reuse settings' }).click();
    await page.getByRole('button', { name: 'Undo' }).click();
    expect(await maker.prompt.inputValue()).toBe('half a thought');
  });

  test('what was discarded is not sent, and Start over empties the form, which can be had back', async () => {
    const { page, faults } = await web.open();
    faults.expect(/ERR_FAILED/);
    const maker = makerOn(page);
    await page.route('**/v1/calls', (route) => route.abort());
    await maker.make('never mind');
    await maker.card('never mind').getByRole('button', { name: 'Discard' }).click();
    await page.getByText('It may already have been made').waitFor();
    expect(await maker.cards('never mind').count()).toBe(0);
    await page.unroute('**/v1/calls');
    await maker.prompt.fill('half a thought');
    await page.getByRole('button', { name: 'Start over' }).click();

    expect(await maker.prompt.inputValue()).toBe('');
    await page.getByRole('button', { name: 'Undo' }).click();
    expect(await maker.prompt.inputValue()).toBe('half a thought');
    expect((await web.stack.control.submissions('never mind')).accepted).toBe(0);
  });
});

/** Clicks at a place as soon as a button of that name stands there: in the same moment, which from outside of the page is missed. */
function clickOnceThereIs(page: Page, name: string, at: { x: number; y: number }): Promise<void> {
  return page.evaluate(
    ({ name, at }) =>
      new Promise<void>((resolve, reject) => {
        const observer = new MutationObserver(() => {
          const isThere = ({ left, right, top, bottom }: DOMRect) =>
            left < at.x && at.x < right && top < at.y && at.y < bottom;
          const named = [...document.querySelectorAll('button')].filter(
            ({ textContent }) => textContent.trim() === name,
          );
          if (!named.some((button) => isThere(button.getBoundingClientRect()))) return;
          observer.disconnect();
          // One that takes no click yet lets it through to what is behind it.
          const hit = document.elementFromPoint(at.x, at.y);
          const target = hit?.closest('button') ?? hit;
          if (target instanceof HTMLElement) resolve(target.click());
          else reject(new Error('Nothing was there to be clicked.'));
        });
        observer.observe(document.body, { subtree: true, childList: true, characterData: true });
      }),
    { name, at },
  );
}

async function openLarge(maker: Maker, prompt: string): Promise<void> {
  await maker.card(prompt).getByRole('link').first().click();
}

async function editAgain(page: Page, maker: Maker, prompt: string): Promise<void> {
  await openLarge(maker, prompt);
  await page.getByRole('dialog').getByRole('button', { name: 'Edit again' }).click();
  await page.getByRole('button', { name: `Remove ${prompt}` }).waitFor();
}

/** Cuts the one image of the form. */
async function cropTo(page: Page, shape: string): Promise<void> {
  await page.getByRole('button', { name: 'Crop', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Crop the image' });
  await dialog.getByRole('radio', { name: shape }).check();
  const uploaded = page.waitForResponse((response) => new URL(response.url()).pathname === '/v1/uploads');
  await dialog.getByRole('button', { name: 'Use this part' }).click();
  const upload = (await (await uploaded).json()) as { width: number; height: number };
  expect((upload.width / upload.height).toFixed(1)).toBe('1.8');
  await page.getByRole('button', { name: 'Make it' }).waitFor();
}

/** Paints from the middle to the right, and takes the right end away again. */
async function paintMask(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Paint the mask' }).click();
  const dialog = page.getByRole('dialog', { name: 'Paint what may change' });
  const canvas = dialog.locator('canvas');
  // With nothing painted it would say that nothing may change.
  const use = dialog.getByRole('button', { name: 'Use this mask' });
  expect(await use.isDisabled()).toBe(true);
  await dialog.locator('img').evaluate((image: HTMLImageElement) => image.decode());
  const { x, y, width, height } = (await canvas.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const stroke = async (from: number, to: number) => {
    await page.mouse.move(x + width * from, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(x + width * to, y + height / 2, { steps: 5 });
    await page.mouse.up();
  };
  await stroke(0.5, 0.9);
  await dialog.getByRole('radio', { name: 'Erase' }).check();
  await stroke(0.8, 0.95);
  await use.click();
}

/** What the statuses of the page say anew until the time in the large view has gone on twice. */
function toldWhileTimeGoesOn(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const told: string[] = [];
    const time = () => document.querySelector('dialog time')?.textContent;
    await new Promise<void>((resolve) => {
      let [shown, changes] = [time(), 0];
      const observer = new MutationObserver((mutations) => {
        for (const { target } of mutations) {
          const element = target instanceof Element ? target : target.parentElement;
          const status = element?.closest('[role=status]');
          if (status) told.push(status.textContent ?? '');
        }
        if (time() === shown) return;
        [shown, changes] = [time(), changes + 1];
        if (changes < 2) return;
        observer.disconnect();
        resolve();
      });
      observer.observe(document.body, { subtree: true, childList: true, characterData: true });
    });
    return told;
  });
}

/** How light a picture is in its middle, where it was erased, and in its corner: 0 to 255. */
function lightOf(page: Page, path: string) {
  return page.evaluate(async (source) => {
    const picture = new Image();
    picture.src = source;
    await picture.decode();
    const { naturalWidth: width, naturalHeight: height } = picture;
    const context = new OffscreenCanvas(width, height).getContext('2d');
    context?.drawImage(picture, 0, 0);
    const at = (x: number, y: number) => context?.getImageData(width * x, height * y, 1, 1).data[0];
    return { size: [width, height], middle: at(0.5, 0.5), erased: at(0.9, 0.5), corner: at(0.02, 0.02) };
  }, path);
}

/** The prompts of a tree, each with how deep it stands. */
function drawn(tree: Locator): Promise<[string, number][]> {
  return tree.evaluate((root) =>
    [...root.querySelectorAll('a')].map((link): [string, number] => {
      let depth = -1;
      for (let at: Element | null = link; at !== null && at !== root.parentElement; at = at.parentElement)
        if (at.tagName === 'UL') depth += 1;
      return [link.querySelector('.line-clamp-2')?.textContent ?? '', depth];
    }),
  );
}
