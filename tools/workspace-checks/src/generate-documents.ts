import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { renderClientTypes } from './typed-client.ts';
import { renderConfigurationDocuments } from './configuration-documents.ts';

/** Writes what is generated from the code: docs/configuration.md, .env.example and the client's types. With `--check` it only says what is out of date. */
const root = resolve(import.meta.dirname, '../../..');
const isCheck = process.argv.includes('--check');

for (const { file, text } of [...(await renderConfigurationDocuments(root)), ...(await renderClientTypes(root))]) {
  const path = join(root, file);
  if (!isCheck) await writeFile(path, text);
  else if ((await readFile(path, 'utf8').catch(() => '')) !== text) {
    process.stderr.write(`${file} is out of date: run \`npm run docs\`.\n`);
    process.exitCode = 1;
  }
}
