import type { Call } from '@darkroom/client';
import type { Page } from 'playwright-core';
import { offerMasks } from '../offer-masks.ts';
import type { Content } from './make-content.ts';

/** Something to be seen. */
export interface Scene {
  name: string;
  path: (content: Content) => string;
  /** Whose page it is: that of the account with everything, of one that has made nothing yet, or of nobody. */
  who?: 'newcomer' | 'nobody';
  /** What is done before the picture is taken. Whatever the language: nothing is found by what it is called. */
  prepare?: (page: Page, content: Content) => Promise<void>;
  /** What the console may say of it. */
  expected?: RegExp;
  /** Whether it has the elements of another scene, so that a test of that one says all of it. */
  isVariant?: boolean;
}

/** Every page, and what can be on it. */
export const scenes: readonly Scene[] = [
  { name: 'create', path: () => '/' },
  { name: 'create-first-time', path: () => '/', who: 'newcomer' },
  { name: 'create-long-prompt', isVariant: true, path: () => '/', prepare: writeLongPrompt },
  { name: 'create-with-fault', path: () => '/', prepare: submitNothing },
  { name: 'create-edit', path: () => '/', prepare: (page, { file }) => chooseFiles(page, [file]) },
  { name: 'create-refused-file', isVariant: true, path: () => '/', prepare: (page) => chooseFiles(page, [noPicture]) },
  { name: 'create-video', isVariant: true, path: () => '/', prepare: (page) => choose(page, { making: 2 }) },
  { name: 'create-video-more', path: () => '/', prepare: openMore },
  { name: 'crop', path: () => '/', prepare: openCrop },
  { name: 'mask', path: () => '/', prepare: openMask },
  { name: 'gallery', path: () => '/gallery' },
  { name: 'gallery-first-time', isVariant: true, path: () => '/gallery', who: 'newcomer' },
  { name: 'gallery-nothing-found', isVariant: true, path: () => '/gallery?q=a+word+that+nobody+wrote' },
  { name: 'gallery-filtered', isVariant: true, path: () => '/gallery?status=failed' },
  { name: 'call-image', path: ({ image }) => openAbove(image), prepare: pictures },
  { name: 'call-portrait', isVariant: true, path: ({ portrait }) => openAbove(portrait), prepare: pictures },
  { name: 'call-group', isVariant: true, path: ({ group }) => openAbove(group), prepare: pictures },
  { name: 'call-video', path: ({ video }) => openAbove(video), prepare: pictures },
  { name: 'call-history', isVariant: true, path: ({ edit }) => openAbove(edit), prepare: scrollToEnd },
  { name: 'call-long-prompt', isVariant: true, path: ({ long }) => openAbove(long), prepare: pictures },
  { name: 'call-running', isVariant: true, path: ({ running }) => openAbove(running) },
  { name: 'call-failed', path: ({ failed }) => openAbove(failed) },
  { name: 'call-cancelled', isVariant: true, path: ({ cancelled }) => openAbove(cancelled) },
  { name: 'call-page', isVariant: true, path: ({ image }) => `/calls/${image.id}`, prepare: pictures },
  { name: 'batches', isVariant: true, path: () => '/batches' },
  { name: 'batches-first-time', isVariant: true, path: () => '/batches', who: 'newcomer' },
  { name: 'batch-draft', isVariant: true, path: () => '/batches', prepare: (page) => writeBatch(page, goodLines) },
  { name: 'batch-draft-with-faults', path: () => '/batches', prepare: (page) => writeBatch(page, batchText) },
  { name: 'batch-busy', path: ({ busyBatchId }) => `/batches/${busyBatchId}` },
  { name: 'batch-done', isVariant: true, path: ({ doneBatchId }) => `/batches/${doneBatchId}` },
  { name: 'batch-not-there', isVariant: true, path: () => '/batches/bat_nobodys', expected: /404/ },
  { name: 'sign-in', isVariant: true, path: () => '/', who: 'nobody', expected: /401/ },
  { name: 'sign-in-refused', path: () => '/', who: 'nobody', prepare: signInWithWrongKey, expected: /401/ },
  { name: 'preferences', path: () => '/', prepare: (page) => page.locator('button[popovertarget]').first().click() },
  { name: 'shortcuts', path: () => '/gallery', prepare: (page) => page.keyboard.press('?') },
  { name: 'nothing-there', isVariant: true, path: () => '/', prepare: leadAstray },
  {
    name: 'no-connection',
    isVariant: true,
    path: () => '/',
    prepare: loseConnection,
    expected: /ERR_INTERNET_DISCONNECTED/,
  },
];

const noPicture = { name: 'holiday.png', mimeType: 'image/png', buffer: Buffer.from('This is no picture.') };

const goodLines = ['a fox in the snow', 'a hare in the grass', 'an owl in the dark', 'a heron at the lake'].join('\n');
/** A table with faults, as somebody pastes it. */
export const batchText = [
  'prompt,aspectRatio,colour',
  'a fox in the snow,16:9,red',
  'a hare in the grass,5:3,brown',
  ',1:1,white',
  'an owl in the dark,9:16,grey',
  '"a heron at the lake, in the first light of a long day in early spring, seen from a boat",3:2,blue',
].join('\n');

function openAbove({ id }: Call): string {
  return `/gallery?open=${id}`;
}

async function choose(page: Page, { making, integration }: { making: number; integration?: string }): Promise<void> {
  await page.getByRole('radiogroup').first().getByRole('radio').nth(making).check();
  if (integration !== undefined) await page.getByRole('combobox').first().selectOption(integration);
}

async function writeLongPrompt(page: Page): Promise<void> {
  const sentence = 'A tiny ramen shop at night, warm light from every window, rain, neon in the puddles. ';
  await page.locator('[name=prompt]').fill(sentence.repeat(12));
}

async function submitNothing(page: Page): Promise<void> {
  await page.locator('form button[type=submit]').click();
  await page.getByRole('alert').first().waitFor();
}

type File = Content['file'];

async function chooseFiles(page: Page, files: File[]): Promise<void> {
  await choose(page, { making: 1, integration: 'nanobanana2' });
  await page.locator('input[type=file]').first().setInputFiles(files);
  await page.locator('form .animate-spin').waitFor({ state: 'detached' });
}

async function openMore(page: Page): Promise<void> {
  await choose(page, { making: 2, integration: 'fangzhou-video-generation' });
  await page.locator('form summary').click();
  await page.locator('form summary').scrollIntoViewIfNeeded();
}

async function openCrop(page: Page, { file }: Content): Promise<void> {
  await chooseFiles(page, [file]);
  await page.locator('form .lucide-crop').click();
  await page.locator('dialog img').waitFor();
}

async function openMask(page: Page, { file }: Content): Promise<void> {
  await offerMasks(page);
  await page.reload();
  await chooseFiles(page, [file]);
  await page.locator('form [data-paint]').click();
  await page.locator('dialog img').waitFor();
  await page.locator('dialog canvas').click();
}

async function pictures(page: Page): Promise<void> {
  await page.locator('dialog video, dialog img, main video, main img').first().waitFor();
}

async function scrollToEnd(page: Page): Promise<void> {
  await page.locator('dialog aside ul').last().scrollIntoViewIfNeeded();
}

async function writeBatch(page: Page, text: string): Promise<void> {
  await page.locator('textarea').fill(text);
  await page.locator('form [role=status]').waitFor();
}

async function signInWithWrongKey(page: Page): Promise<void> {
  await page.locator('input').fill('a-key-that-nobody-has');
  await page.keyboard.press('Enter');
  await page.locator('[role=alert]:not(:empty)').waitFor();
}

async function leadAstray(page: Page): Promise<void> {
  await page.evaluate(() => history.pushState(null, '', '/no-such-page'));
  await page.locator('main h1').waitFor();
}

async function loseConnection(page: Page): Promise<void> {
  await page.context().setOffline(true);
  await page.locator('[data-channel=away]').waitFor();
}
