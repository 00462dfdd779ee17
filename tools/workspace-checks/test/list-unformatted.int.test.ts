import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { listUnformatted } from './list-unformatted.ts';

const planted: Record<string, string> = {
  'apps/web/src/card.tsx': 'export const Card = () => <p title="card" >x</p>\n',
  'apps/web/src/app.css': 'p{color:red}\n',
  'apps/web/index.html': '<!doctype html><html><body></body></html>\n',
  'apps/web/public/appearance.js': 'const a = "b"\n',
  'libs/contract/src/call.ts': 'export const a = "b"\n',
  'tools/bootstrap/start.mjs': 'export const a = "b"\n',
};
let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'darkroom-formatting-'));
  const files = { ...planted, 'apps/web/src/grid.tsx': 'export const Grid = () => <p>x</p>;\n' };
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
});
afterAll(() => rm(root, { recursive: true }));

test('code of every kind and style sheets are found where they are written another way', async () => {
  expect((await listUnformatted(root)).sort()).toEqual(Object.keys(planted).sort());
});
