import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { collectDialects } from '../src/providers/collect-dialects.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'darkroom-dialects-'));
});
afterEach(() => rm(directory, { recursive: true }));

const add = async (file: string, text: string) => {
  await mkdir(join(directory, file, '..'), { recursive: true });
  await writeFile(join(directory, file), text);
};
const dialect = (name: string, more = '') =>
  `export const ${name} = { name: '${name}', basePath: '/${name}', paths: []${more} };`;

test('providers are found by their files, in the order of their paths', async () => {
  await add('zebra/zebra.dialect.ts', dialect('zebra'));
  await add('aurora/video/aurora-video.dialect.ts', dialect('auroraVideo', ', newTaskId: () => "1"'));
  await add('aurora/aurora.dialect.ts', dialect('aurora'));
  await add('aurora/parse-request.ts', 'throw new Error("not a dialect");');

  const { images, tasks } = await collectDialects(directory);

  expect(images.map(({ name }) => name)).toEqual(['aurora', 'zebra']);
  expect(tasks.map(({ name }) => name)).toEqual(['auroraVideo']);
});

test('every provider of the simulator is found', async () => {
  const { images, tasks } = await collectDialects();

  expect(images.map(({ basePath }) => basePath)).toEqual(expect.arrayContaining(['/gemini/v1beta', '/example/v1']));
  expect(tasks.map(({ name }) => name)).toEqual(expect.arrayContaining(['example-tasks', 'example-jobs']));
});

test.each([
  [
    'does not load',
    'throw new Error("a slip of the pen");',
    /aurora\.dialect\.ts cannot be loaded: .*a slip of the pen/,
  ],
  ['exports nothing', 'export {};', /aurora\.dialect\.ts has to export dialects/],
  ['exports something else', 'export const pages = 20;', /aurora\.dialect\.ts has to export dialects/],
])('a file that %s stops the simulator, with its name', async (...[, text, message]) => {
  await add('aurora/aurora.dialect.ts', text);

  await expect(collectDialects(directory)).rejects.toThrow(message);
});
