import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';

const built = resolve(import.meta.dirname, '../dist');
const mostBytes = 200_000;

test.each([
  ['/', []],
  ['/ in Chinese', ['chinese']],
  ['/gallery in Chinese', ['chinese', 'gallery-page']],
  ['/batches in Chinese', ['chinese', 'batches-page']],
  ['/batches/:id in Chinese', ['chinese', 'batch-page']],
  ['/calls/:id in Chinese', ['chinese', 'call-page']],
])('the first load of %s is at most 200 kB, compressed by gzip', (_page, loadedThen) => {
  const files = new Set(['index.html', ...namedByDocument()]);
  for (const name of loadedThen) withImports(chunk(name), files);
  const sizes = [...files].map((file) => [file, compressedBytes(file)] as const);
  const bytes = sizes.reduce((sum, [, size]) => sum + size, 0);

  if (bytes > mostBytes) throw new Error(`${bytes} bytes are loaded: ${JSON.stringify(Object.fromEntries(sizes))}`);
  // Less than React alone would mean that it was not the page that was counted.
  expect(bytes).toBeGreaterThan(60_000);
});

/** Scripts, styles and pictures that the browser loads before the page's code runs. */
function namedByDocument(): string[] {
  if (!existsSync(join(built, 'index.html'))) throw new Error('The page is not built: run `npx nx build web`.');
  const document = readFileSync(join(built, 'index.html'), 'utf8');
  return [...document.matchAll(/(?:src|href)="\/([^"]+)"/g)].map(([, file = '']) => file);
}

/** The built file of a part that is loaded when it is needed. */
function chunk(name: string): string {
  const [file, ...others] = globSync(`assets/${name}-*.js`, { cwd: built });
  if (file === undefined || others.length > 0) throw new Error(`There is not one file of ${name}.`);
  return file;
}

/** Adds a script, what it imports, and the styles that come with it. */
function withImports(file: string, files: Set<string>): void {
  if (files.has(file)) return;
  files.add(file);
  const source = readFileSync(join(built, file), 'utf8');
  for (const [, imported = ''] of source.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g))
    withImports(`assets/${imported}`, files);
  const styles = file.replace(/-[^-]+\.js$/, '-*.css');
  for (const style of globSync(styles, { cwd: built })) files.add(style);
}

/** As `main` sends it: what is compressed already, as it was compressed. */
function compressedBytes(file: string): number {
  const path = join(built, file);
  return existsSync(`${path}.gz`) ? statSync(`${path}.gz`).size : gzipSync(readFileSync(path)).length;
}
