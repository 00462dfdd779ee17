import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { expectNoLeakedProcesses, until } from '@darkroom/testing';
import type { Page } from 'playwright-core';
import { answerSlowly } from '../src/looks/answer-slowly.ts';
import { checkWithAxe } from '../src/looks/check-with-axe.ts';
import { inPairs } from '../src/looks/in-pairs.ts';
import { isEnglish } from '../src/looks/is-english.ts';
import { layoutShiftOf } from '../src/looks/layout-shifts.ts';
import { refusals } from '../src/looks/refusals.ts';
import { tabThrough } from '../src/looks/tab-through.ts';
import { textsOf } from '../src/looks/texts-of.ts';
import { makerOn, untilLive } from '../src/maker.ts';
import { batchText, type Scene, scenes } from '../src/screenshots/scenes.ts';
import { settled } from '../src/screenshots/settled.ts';
import { startStudio, type Studio } from '../src/screenshots/start-studio.ts';

const looked = scenes.filter(({ isVariant }) => isVariant !== true);
const narrowestPhone = { width: 320, height: 640 };
const phone = { width: 390, height: 844 };
const desktop = { width: 1280, height: 800 };
/** Below this nobody sees that anything moved. */
const unnoticed = 0.01;
/** Below this the field calls the movement of a whole page good (Web Vitals, cumulative layout shift). */
const good = 0.1;

describe('how the page looks and is used', () => {
  let studio: Studio;

  beforeAll(async () => {
    studio = await startStudio();
  });
  afterEach(() => studio.web.closePages());
  afterAll(async () => {
    await studio?.web.stop();
    await expectNoLeakedProcesses();
  });

  const sceneOf = (name: string): Scene => {
    const scene = scenes.find((one) => one.name === name);
    if (scene === undefined) throw new Error(`There is no scene ${name}.`);
    return scene;
  };

  test('axe finds nothing serious, light or dark, and a phone scrolls no page sideways', async () => {
    const findings: string[] = [];
    const look = async (scene: Scene) => {
      const { page, context } = await studio.show(scene, { colorScheme: 'light' });
      findings.push(...(await checkWithAxe(page)).map((found) => `${scene.name}, light: ${found}`));
      await page.emulateMedia({ colorScheme: 'dark' });
      await settled(page);
      findings.push(...(await checkWithAxe(page, ['color-contrast'])).map((found) => `${scene.name}, dark: ${found}`));
      await page.setViewportSize(narrowestPhone);
      await settled(page);
      await untilNarrow(page).catch(() => findings.push(`${scene.name} is wider than a phone`));
      await context.close();
    };
    await inPairs(looked, look);

    expect(findings).toEqual([]);
  });

  test('axe finds nothing serious on a phone or in Chinese either, and each page has one first heading', async () => {
    const onPhone = ['create', 'call-page', 'nothing-there', 'batch-not-there'].map((name) => ({
      name,
      viewport: phone,
    }));
    const inChinese = ['gallery', 'batch-busy', 'call-cancelled'].map((name) => ({ name, locale: 'zh-CN' }));
    const findings: string[] = [];
    await inPairs([...onPhone, ...inChinese], async ({ name, ...look }) => {
      const { page, context } = await studio.show(sceneOf(name), look);
      findings.push(...(await checkWithAxe(page)).map((found) => `${name}: ${found}`));
      const headings = await page.locator('h1').count();
      if (headings !== 1) findings.push(`${name} has ${headings} first headings`);
      await context.close();
    });

    expect(findings).toEqual([]);
  });

  test('nothing moves in the gallery while it loads and while one scrolls through it', async () => {
    const { page } = await studio.show(sceneOf('gallery'));
    await page.mouse.move(400, 400);
    await page.mouse.wheel(0, 2_000);
    await page.getByText('That is everything.').waitFor();
    await settled(page);

    expect(await layoutShiftOf(page)).toBeLessThan(unnoticed);
  });

  test('little moves while a page comes over a slow line, on a phone and on a desktop', async () => {
    const { edit, busyBatchId } = studio.content;
    const paths = ['/', '/batches', `/batches/${busyBatchId}`, `/calls/${edit.id}`];
    const views = [phone, desktop].flatMap((viewport) => paths.map((path) => ({ viewport, path })));
    const moved: string[] = [];
    await inPairs(views, async ({ viewport, path }) => {
      const { page, context } = await studio.web.open('about:blank', { viewport });
      await answerSlowly(page);
      await page.goto(path);
      await settled(page);
      const shift = await layoutShiftOf(page);
      if (shift >= good) moved.push(`${path} at ${viewport.width}: ${shift}`);
      await context.close();
    });

    expect(moved).toEqual([]);
  });

  test('nothing moves when a card gets its image', async () => {
    const opened = await studio.web.open();
    const { page } = opened;
    await untilLive(opened);
    await settled(page);
    const { control } = studio.web.stack;
    await control.plan({ match: 'a pear on a plate', taskMs: 600_000 });
    const maker = makerOn(page);
    await maker.choose('Image');
    // One that answers with a task, so that the image comes when it is to.
    await page.getByRole('combobox', { name: 'Made by' }).selectOption('nano-banana');
    await maker.make('a pear on a plate');
    await maker.untilCard('a pear on a plate', 'In progress');
    const taskId = await until(
      'the provider has it',
      async () => (await control.submissions('a pear on a plate')).items[0]?.taskId,
    );
    await settled(page);
    // The others have made room for it: of that, a browser that is busy may not know any more that somebody has clicked for it.
    const before = await layoutShiftOf(page);
    await control.finishTask(taskId);
    await maker.untilCard('a pear on a plate', 'Done');
    await maker.card('a pear on a plate').getByRole('img').waitFor();
    await settled(page);

    expect((await layoutShiftOf(page)) - before).toBeLessThan(unnoticed);
  });

  test.each(['create', 'create-edit', 'gallery', 'batch-draft-with-faults'])(
    'the tab key reaches everything, and shows where it is: %s',
    async (name) => {
      const { page } = await studio.show(sceneOf(name));

      expect(await tabThrough(page)).toEqual({ unreached: [], unseen: [] });
    },
  );

  test('something is made by keyboard alone, looked at and left again', async () => {
    const { page } = await studio.show(sceneOf('create'));
    await page.keyboard.press('Tab');
    expect(await focusedText(page)).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowRight');
    expect(await page.getByRole('radio', { name: 'Edit' }).isChecked()).toBe(true);
    await page.keyboard.press('ArrowLeft');
    expect(await page.getByRole('radio', { name: 'Image' }).isChecked()).toBe(true);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.type('a plum on a plate');
    await page.keyboard.press('ControlOrMeta+Enter');
    const { card, untilCard } = makerOn(page);
    await untilCard('a plum on a plate', 'Done');
    const link = card('a plum on a plate').getByRole('link', { name: 'Open: a plum on a plate' });
    await link.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    expect(await isFocusIn(page, 'dialog')).toBe(true);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    expect(await link.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: 'Edit again' }).press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.waitForFunction(() => document.activeElement?.matches('[name=prompt]'));
    expect(await page.getByRole('radio', { name: 'Edit' }).isChecked()).toBe(true);
  });

  test('a form that is refused leads to its first fault', async () => {
    const { page } = await studio.show(sceneOf('create'));
    await page.getByRole('button', { name: 'Make it' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('This is needed.').waitFor();

    expect(await isFocusIn(page, '[name=prompt]')).toBe(true);
  });

  test('the gallery is walked through by arrow keys, and every dialog gives the focus back', async () => {
    const { page } = await studio.show(sceneOf('gallery'));
    await page.keyboard.press('/');
    expect(await isFocusIn(page, '[role=searchbox]')).toBe(true);
    await page.getByRole('grid').getByRole('link').first().focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    const cell = await focusedText(page);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await focusedText(page)).toBe(cell);
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    expect(await focusedText(page)).toBe(cell);
  });

  test('what is said while the large view is open is within it, where screen readers are', async () => {
    const { page, context } = await studio.show(sceneOf('call-image'));
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Copy link' }).click();

    // It goes away after some seconds, unless somebody points at it.
    await dialog.getByRole('status').getByText('Link copied').hover();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('status').getByText('Link copied').waitFor();
  });

  test('Chinese leaves no English word on any page', async () => {
    const { items } = await studio.darkroom.calls.list({ limit: 100 });
    // What people and providers have written is in whatever language it is; an id may be all letters.
    const ofCalls = items.flatMap(({ input, externalId = [] }) => [String(input['prompt'])].concat(externalId));
    const written = [...ofCalls, studio.content.file.name, batchText];
    // A status says whose it is by the beginning of the prompt.
    const isWritten = (text: string) => written.some((own) => own.includes(text.replace(/…?:$/u, '')));
    const left: string[] = [];
    const told = [...refusals, ...['call-cancelled', 'call-running'].map(sceneOf)];
    await inPairs([...looked, ...told], async (scene) => {
      const { page, context } = await studio.show(scene, { locale: 'zh-CN' });
      const said = (await textsOf(page)).filter((text) => !isWritten(text));
      const own = said.map((text) => written.reduce((rest, one) => rest.replaceAll(one, ''), text));
      left.push(...own.filter(isEnglish).map((text) => `${scene.name}: ${text}`));
      await context.close();
    });

    expect(left).toEqual([]);
  });
});

/** Resolves when the page is as wide as its window. */
async function untilNarrow(page: Page): Promise<void> {
  await page.waitForFunction(() => document.documentElement.scrollWidth <= innerWidth, undefined, { timeout: 20_000 });
}

function focusedText(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
}

function isFocusIn(page: Page, selector: string): Promise<boolean> {
  return page.evaluate((within) => document.activeElement?.closest(within) !== null, selector);
}
