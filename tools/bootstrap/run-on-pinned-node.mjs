import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { InstallationError, pinnedNode, toolEnvironment } from './ensure-installed.mjs';

const parentCheckMilliseconds = 500;

/** Runs the `darkroom` command on the Node that the checkout pins, whatever Node this is, and ends as it ends. */
export async function runOnPinnedNode(root, commandArguments) {
  const child = spawn(
    pinnedNodeOrExplain(root),
    [
      '--conditions=@darkroom/source',
      '--disable-warning=ExperimentalWarning',
      join(root, 'tools/deploy-tool/src/cli.ts'),
      ...commandArguments,
    ],
    // The channel tells the command when this process has been killed.
    { stdio: ['inherit', 'inherit', 'inherit', 'ipc'], env: toolEnvironment(root) },
  );
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  const parentCheck = watchParent(() => child.kill('SIGTERM'));
  const { code, signal } = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  clearInterval(parentCheck);
  process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
}

/** npm passes signals on, but nothing when it is killed outright; then this process gets another parent. */
function watchParent(onGone) {
  if (process.env.npm_lifecycle_event === undefined) return undefined;
  const parent = process.ppid;
  const check = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(check);
    onGone();
  }, parentCheckMilliseconds);
  return check;
}

function pinnedNodeOrExplain(root) {
  try {
    return pinnedNode(root);
  } catch (error) {
    if (!(error instanceof InstallationError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
