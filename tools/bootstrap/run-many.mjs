import { spawn } from 'node:child_process';
import { InstallationError } from './ensure-installed.mjs';

/**
 * Gets what the middleware needs before any test waits for it: on a new machine two programs are built, which takes longer than a test may
 * wait. Throws an InstallationError that says how to go on.
 */
export async function ensureMiddleware({ root, environment }) {
  const code = await run('darkroom', ['install'], { root, environment });
  if (code !== 0) throw new InstallationError('The middleware could not be installed: see above. Nothing was tested.');
}

// Most tests start whole systems: with more of them at once than a small machine has processors, they wait for each other.
const tasksAtOnce = 2;

/**
 * Runs targets of many projects to their end: without Nx's daemon, which would outlive the run, and without the terminal's own view, which
 * would hide what failed.
 */
export function runMany(args, { root, environment }) {
  return run('nx', ['run-many', `--parallel=${tasksAtOnce}`, '--outputStyle=static', '--nxBail=false', ...args], {
    root,
    environment: { ...environment, NX_DAEMON: 'false', NX_TUI: 'false' },
  });
}

/** Answers the exit code, or the signal that ended it. */
function run(command, args, { root, environment }) {
  const child = spawn(command, args, { cwd: root, env: environment, stdio: ['ignore', 'inherit', 'inherit'] });
  const stop = () => child.kill('SIGTERM');
  // A Ctrl-C reaches the command by itself; this process waits until it has stopped what it started.
  const stay = () => {};
  process.once('SIGTERM', stop);
  process.on('SIGINT', stay);
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('exit', (code, signal) => done(signal ?? code));
  }).finally(() => {
    process.off('SIGTERM', stop);
    process.off('SIGINT', stay);
  });
}
