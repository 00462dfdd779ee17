import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { takeScreenshots } from './take-screenshots.ts';

const workspace = resolve(import.meta.dirname, '../../../..');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { into: { type: 'string', default: resolve(workspace, 'test-results/screenshots') } },
});
const count = await takeScreenshots({
  folder: values.into,
  names: positionals,
  onTaken: (file) => process.stdout.write(`${file}\n`),
});
process.stdout.write(`${count} pictures.\n`);
