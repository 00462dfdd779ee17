import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { workspaceRoot } from './workspace-root.ts';

/** Has Nx write down which projects there are; without it the rule for module boundaries skips itself. */
export async function refreshProjectGraph(): Promise<void> {
  await promisify(execFile)('nx', ['show', 'projects'], {
    cwd: workspaceRoot,
    env: { ...process.env, NX_DAEMON: 'false' },
  });
}
