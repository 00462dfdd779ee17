import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPage } from './build-page.mjs';
import { ensureInstalled, InstallationError } from './ensure-installed.mjs';
import { runOnPinnedNode } from './run-on-pinned-node.mjs';

// Nothing is installed yet when this runs, perhaps on Node 20: it has no dependencies and is plain JavaScript.
const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const names = process.argv.slice(2);

try {
  const { environment } = await ensureInstalled({ root });
  const startsMain = names.length === 0 || names.includes('main');
  if (startsMain && !(await buildPage({ root, environment }))) process.exit(130);
} catch (error) {
  if (!(error instanceof InstallationError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
await runOnPinnedNode(root, ['start', ...names]);
