import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { workspaceRoot } from './workspace-root.ts';

const formatted = ['{apps,libs,tools}/**/*.{ts,tsx,mjs,js,css,html}', '*.mjs'];

/** The files below a root that are not written as the workspace's Prettier would. */
export async function listUnformatted(root: string): Promise<string[]> {
  const config = [
    '--config',
    join(workspaceRoot, '.prettierrc.json'),
    '--ignore-path',
    join(workspaceRoot, '.prettierignore'),
  ];
  const args = ['--no-error-on-unmatched-pattern', ...config, '--list-different', ...formatted];
  const { stdout } = await promisify(execFile)('prettier', args, { cwd: root }).catch(
    (error: { stdout: string; code: unknown }) => {
      // 1: some are different. Whatever else it is, they were not looked at.
      if (error.code !== 1) throw error;
      return error;
    },
  );
  return stdout.split('\n').filter((line) => line !== '');
}
