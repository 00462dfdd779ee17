import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { drawImage, type Picture } from '../src/drawing/draw-image.ts';
import { loadLettering, type Lettering } from '../src/drawing/lettering.ts';

const picture: Picture = { prompt: '', width: 640, height: 400, format: 'png', inputs: [], variation: 0 };
let lettering: Lettering;

beforeAll(() => {
  lettering = loadLettering();
});

/** Which rows of an image hold white, and how many white pixels there are. */
async function whiteOf(image: Buffer) {
  const { data, info } = await sharp(image).greyscale().raw().toBuffer({ resolveWithObject: true });
  const rows = Array.from({ length: info.height }, (_, row) =>
    data.subarray(row * info.width, (row + 1) * info.width).some((value) => value > 250),
  );
  return { rows, pixels: data.filter((value) => value > 250).length };
}

/** How many lines of text the rows show: groups of white rows with dark ones between. */
const linesIn = (rows: readonly boolean[]) => rows.filter((isWhite, row) => isWhite && !rows[row - 1]).length;

describe('a drawn image', () => {
  test('shows nothing white without a prompt, and white letters with one', async () => {
    const blank = await whiteOf(await drawImage({ ...picture, prompt: ' ' }, lettering));
    const drawn = await whiteOf(await drawImage({ ...picture, prompt: 'a lighthouse at dawn' }, lettering));
    expect(blank.pixels).toBe(0);
    expect(drawn.pixels).toBeGreaterThan(2000);
  });

  test('wraps a long prompt into several lines that stay apart', async () => {
    const drawn = await whiteOf(await drawImage({ ...picture, prompt: 'zoom '.repeat(20) }, lettering));
    expect(linesIn(drawn.rows)).toBeGreaterThanOrEqual(3);
  });

  test('has the same letters whatever is behind them', async () => {
    const input = await sharp({ create: { width: 64, height: 40, channels: 3, background: '#804020' } })
      .png()
      .toBuffer();
    const onColours = await whiteOf(await drawImage({ ...picture, prompt: 'fox' }, lettering));
    const onInput = await whiteOf(await drawImage({ ...picture, prompt: 'fox', inputs: [input] }, lettering));
    expect(Math.abs(onInput.pixels - onColours.pixels)).toBeLessThan(onColours.pixels * 0.05);
  });

  test('outlines every printable letter, in every position, with numbers only', () => {
    const letters = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join('');
    for (let x = 0; x < 50; x += 0.37) {
      const outline = lettering.outlineOf({ lines: [letters, 'Ça va? Привет'], fontSize: 51.2, lineHeight: 64 }, x, x);
      expect(outline).toMatch(/^[MLQCZ0-9. -]+$/);
    }
  });

  test('has each letter as the font designed it: i is narrower than m, and no letter is empty', () => {
    expect(lettering.widthAtSizeOne('m')).toBeGreaterThan(2 * lettering.widthAtSizeOne('i'));
    for (const letter of 'abcdefghijklmnopqrstuvwxyz0123456789') {
      const outline = lettering.outlineOf({ lines: [letter], fontSize: 100, lineHeight: 100 }, 0, 0);
      expect(outline.length).toBeGreaterThan(20);
    }
  });
});

test('a machine without any font draws the same bytes', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'darkroom-no-fonts-'));
  const noFonts = join(directory, 'fonts.conf');
  await writeFile(noFonts, '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig></fontconfig>');
  const source = (path: string) => JSON.stringify(fileURLToPath(new URL(`../src/drawing/${path}`, import.meta.url)));
  const program = `
    import { drawImage } from ${source('draw-image.ts')};
    import { loadLettering } from ${source('lettering.ts')};
    const picture = ${JSON.stringify({ ...picture, prompt: 'a lighthouse at dawn' })};
    process.stdout.write((await drawImage(picture, loadLettering())).toString('base64'));`;
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], {
    env: { PATH: process.env['PATH'], HOME: directory, FONTCONFIG_FILE: noFonts, FONTCONFIG_PATH: directory },
    maxBuffer: 10_000_000,
  });
  await rm(directory, { recursive: true });

  const drawnHere = await drawImage({ ...picture, prompt: 'a lighthouse at dawn' }, lettering);
  expect(stderr).toBe('');
  expect(Buffer.from(stdout, 'base64').equals(drawnHere)).toBe(true);
});
