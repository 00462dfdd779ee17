import { dirname, resolve } from 'node:path';
import { ensureInstalled, InstallationError } from './ensure-installed.mjs';
import { ensureMiddleware, runMany } from './run-many.mjs';

const root = resolve(import.meta.dirname ?? dirname(process.argv[1]), '../..');

try {
  process.exitCode = await deliverEverything();
} catch (error) {
  if (!(error instanceof InstallationError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

/** Runs the delivery test at its full size: 20,000 events, 2,000 calls with a subscriber each, connections cut for a minute. */
async function deliverEverything() {
  const { environment } = await ensureInstalled({ root });
  await ensureMiddleware({ root, environment });
  const args = ['--targets=test', '--projects=communication-e2e', '--skipNxCache', '--', 'push.e2e'];
  const code = await runMany(args, { root, environment: { ...environment, DELIVERY: 'full' } });
  return code === 0 ? 0 : 1;
}
