import { spawn } from 'node:child_process';
import { InstallationError } from './ensure-installed.mjs';

const progressMilliseconds = 10_000;
const withoutDaemon = { NX_DAEMON: 'false', NX_TUI: 'false' };

/**
 * Builds the web page that `main` serves, unless Nx has it from an earlier build of the same sources. What the build prints is shown where it fails. Throws
 * an InstallationError that says how to go on; answers false where a signal ended the build.
 */
export async function buildPage({ root, environment, say = console.log }) {
  say('Building the web page, where it has changed …');
  const started = Date.now();
  const seconds = () => `${Math.round((Date.now() - started) / 1000)} s`;
  const heartbeat = setInterval(() => say(`  still building (${seconds()})`), progressMilliseconds);
  const { code, signal, printed } = await runBuild(root, environment).finally(() => clearInterval(heartbeat));
  if (signal) return false;
  if (code !== 0)
    throw new InstallationError(
      `${printed.trimEnd()}\n\nThe web page could not be built: see above, mend the cause, and run the command again. ` +
        'Without the page everything else starts with "npx darkroom start".',
    );
  say(`The web page is built (${seconds()}).`);
  return true;
}

/** Without Nx's daemon, which would outlive the start. Ctrl-C reaches the build by itself; other signals are passed on. */
function runBuild(root, environment) {
  let child;
  let ended;
  const interrupted = () => (ended = 'SIGINT');
  const stop = (signal) => {
    ended = signal;
    child?.kill(signal);
  };
  process.once('SIGINT', interrupted).once('SIGTERM', stop).once('SIGHUP', stop);
  child = spawn('nx', ['build', 'web', '--outputStyle=static'], {
    cwd: root,
    env: { ...environment, ...withoutDaemon },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (printed += bytes));
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', (code, signal) => done({ code, signal: ended ?? signal, printed }));
  }).finally(() => {
    process.off('SIGINT', interrupted).off('SIGTERM', stop).off('SIGHUP', stop);
  });
}
