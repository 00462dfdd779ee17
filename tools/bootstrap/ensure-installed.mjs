import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A problem that the reader can solve: its message says how. */
export class InstallationError extends Error {}

/**
 * Makes sure that `node_modules` is what the lock file says, running `npm ci` where it is not, and that the pinned Node is usable.
 * Answers with the path of that Node, the environment in which the workspace's tools run on it, and whether an installation was needed.
 * Throws an InstallationError whose message says what to do.
 */
export async function ensureInstalled({ root, say = console.log }) {
  const reason = reasonToInstall(root);
  if (reason) {
    say(`Installing dependencies with npm ci (${reason}). The first time takes a minute or two.`);
    await install({ root, say });
  }
  return { node: pinnedNode(root), environment: toolEnvironment(root), installed: reason !== undefined };
}

/** The environment in which `nx`, `jest` and `node` are the workspace's own. */
export function toolEnvironment(root, environment = process.env) {
  const own = [join(root, 'node_modules', 'node', 'bin'), join(root, 'node_modules', '.bin')];
  return { ...environment, PATH: [...own, ...pathWithoutWorkspace(root, environment)].join(delimiter) };
}

/** Why `npm ci` has to run; undefined when what is installed is what the lock file names. */
export function reasonToInstall(root) {
  const wanted = readPackages(join(root, 'package-lock.json'));
  if (!wanted)
    throw new InstallationError('package-lock.json is missing: restore it with "git checkout package-lock.json".');
  const installed = readPackages(join(root, 'node_modules', '.package-lock.json'));
  if (!installed) return 'nothing is installed yet';
  const stale = Object.entries(wanted).find(([path, entry]) => isStale(path, entry, installed[path]));
  return stale && `${stale[0].replace(/^.*node_modules\//, '')} is not the locked version`;
}

function readPackages(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : undefined;
}

function isStale(path, wanted, installed) {
  if (!path.includes('node_modules/')) return false;
  if (!installed) return !wanted.optional && !wanted.devOptional && !wanted.peer;
  return wanted.version !== installed.version || Boolean(wanted.link) !== Boolean(installed.link);
}

async function install({ root, say }) {
  const started = Date.now();
  const heartbeat = setInterval(
    () => say(`  still installing (${Math.round((Date.now() - started) / 1000)} s)`),
    10_000,
  );
  const { code, failure } = await run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], root);
  clearInterval(heartbeat);
  if (failure)
    throw new InstallationError(
      `npm could not be started (${failure.message}): install Node.js 20 or newer, with npm.`,
    );
  if (code !== 0)
    throw new InstallationError(
      `npm ci ended with code ${code}: see its messages above, mend the cause, and run the command again.`,
    );
  say(`Installed in ${Math.round((Date.now() - started) / 1000)} s.`);
}

function run(command, args, root) {
  // npm replaces node_modules while it runs, so it must not run on the Node that lives there.
  const environment = { ...process.env, PATH: pathWithoutWorkspace(root, process.env).join(delimiter) };
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, env: environment, stdio: ['ignore', 'inherit', 'inherit'] });
    child.once('error', (failure) => resolve({ failure }));
    child.once('exit', (code, signal) => resolve({ code: code ?? signal }));
  });
}

function pathWithoutWorkspace(root, environment) {
  const own = join(root, 'node_modules');
  return (environment.PATH ?? '').split(delimiter).filter((entry) => entry !== '' && !entry.startsWith(own));
}

/** The Node that the lock file names; an InstallationError where it is not there. */
export function pinnedNode(root) {
  const wanted = readPackages(join(root, 'package-lock.json'))['node_modules/node'].version;
  const node = join(root, 'node_modules', 'node', 'bin', 'node');
  const found = existsSync(node) ? spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout?.trim() : 'nothing';
  if (found !== `v${wanted}`) {
    throw new InstallationError(
      `Darkroom runs on Node ${wanted}, but ${found} was found in node_modules/node. ` +
        'Its install script has probably been skipped: run "npm rebuild node" and try again.',
    );
  }
  return node;
}
