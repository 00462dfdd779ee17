import { spawn } from 'node:child_process';
import { dirname, resolve } from 'node:path';
import { ensureInstalled, InstallationError } from './ensure-installed.mjs';

const root = resolve(import.meta.dirname ?? dirname(process.argv[1]), '../..');

try {
  process.exitCode = await playEveryFault(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof InstallationError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

/** Plays the whole conformance kit, kills included, for every integration or for those that are named: `sora veo`. */
async function playEveryFault(names) {
  const { environment } = await ensureInstalled({ root });
  const projects = names.length === 0 ? 'integrations-*' : names.map((name) => `integrations-${name}`).join(',');
  const args = [
    'run-many',
    '--targets=test',
    `--projects=${projects}`,
    '--parallel=2',
    '--outputStyle=static',
    '--nxBail=false',
    '--skipNxCache',
    '--',
    'conformance.int',
  ];
  const child = spawn('nx', args, {
    cwd: root,
    env: { ...environment, CONFORMANCE_FAULTS: 'all', NX_DAEMON: 'false', NX_TUI: 'false' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  process.once('SIGTERM', () => child.kill('SIGTERM'));
  // A Ctrl-C reaches Nx by itself.
  process.on('SIGINT', () => {});
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('exit', (code) => done(code ?? 1));
  });
}
