import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { renderConfigurationDocuments } from './configuration-documents.ts';

/** Writes docs/configuration.md and .env.example; with `--check` it only says which of them is out of date. */
const root = resolve(import.meta.dirname, '../../..');
const isCheck = process.argv.includes('--check');

for (const { file, text } of await renderConfigurationDocuments(root)) {
  const path = join(root, file);
  if (!isCheck) await writeFile(path, text);
  else if ((await readFile(path, 'utf8').catch(() => '')) !== text) {
    process.stderr.write(`${file} is out of date: run \`npm run docs\`.\n`);
    process.exitCode = 1;
  }
}
