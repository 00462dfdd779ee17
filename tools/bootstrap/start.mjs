import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled, InstallationError } from './ensure-installed.mjs';
import { runOnPinnedNode } from './run-on-pinned-node.mjs';

// Nothing is installed yet when this runs, perhaps on Node 20: it has no dependencies and is plain JavaScript.
const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

try {
  await ensureInstalled({ root });
} catch (error) {
  if (!(error instanceof InstallationError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
await runOnPinnedNode(root, ['start', ...process.argv.slice(2)]);
