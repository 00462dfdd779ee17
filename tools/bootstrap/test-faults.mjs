import { dirname, resolve } from 'node:path';
import { ensureInstalled, InstallationError } from './ensure-installed.mjs';
import { ensureMiddleware, runMany } from './run-many.mjs';

const root = resolve(import.meta.dirname ?? dirname(process.argv[1]), '../..');

try {
  process.exitCode = await playEveryFault(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof InstallationError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

/**
 * Plays the whole conformance kit, kills included, for every integration and what the generator writes, or for those integrations that are
 * named: `sora veo`.
 */
async function playEveryFault(names) {
  const { environment } = await ensureInstalled({ root });
  await ensureMiddleware({ root, environment });
  const projects =
    names.length === 0 ? 'integrations-*,generators' : names.map((name) => `integrations-${name}`).join(',');
  const files = ['conformance.int', 'generated-packages.int'];
  const code = await runMany(['--targets=test', `--projects=${projects}`, '--skipNxCache', '--', ...files], {
    root,
    environment: { ...environment, CONFORMANCE_FAULTS: 'all' },
  });
  return code === 0 ? 0 : 1;
}
