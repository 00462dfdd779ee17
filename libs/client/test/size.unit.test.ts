import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { transformSync } from '@swc/core';
import { clientFolder } from './readme-examples.ts';

const mostGzippedBytes = 15_000;

/** What a page loads of a module and of all that it imports, each file minified by itself: more than a bundler would leave. */
function loadedBy(file: string, seen = new Map<string, string>()): Map<string, string> {
  if (seen.has(file)) return seen;
  const { code } = transformSync(readFileSync(file, 'utf8'), {
    filename: file,
    jsc: { target: 'es2022', parser: { syntax: 'typescript' }, minify: { compress: true, mangle: true } },
    module: { type: 'es6' },
    minify: true,
  });
  seen.set(file, code);
  for (const [, specifier = ''] of code.matchAll(/(?:from|import)\s*["']([^"']+)["']/g)) {
    const path = specifier.startsWith('.') ? resolve(dirname(file), specifier) : resolvePackage(specifier);
    loadedBy(path, seen);
  }
  return seen;
}

const resolvePackage = (specifier: string) => fileURLToPath(import.meta.resolve(specifier));

test('the client is small enough for the first load of a page', () => {
  const loaded = loadedBy(resolve(clientFolder, 'src/index.ts'));
  const bytes = gzipSync([...loaded.values()].join('\n')).length;

  expect(loaded.size).toBeGreaterThan(30);
  expect(bytes).toBeLessThan(mostGzippedBytes);
});
