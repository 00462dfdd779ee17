import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isCode, isStyleSheet } from './file-rules.ts';
import { workspaceRoot } from './workspace-root.ts';

const manifestSchema = z.object({
  name: z.string(),
  exports: z.record(z.string(), z.union([z.string(), z.record(z.string(), z.string())])).default({}),
  bin: z.record(z.string(), z.string()).default({}),
  dependencies: z.record(z.string(), z.string()).default({}),
  devDependencies: z.record(z.string(), z.string()).default({}),
});

/** One package of the workspace. */
export interface WorkspacePackage {
  /** Its folder, relative to the root: `libs/contract`. */
  readonly folder: string;
  readonly manifest: z.infer<typeof manifestSchema>;
  /** Its code and its style sheets, relative to the root. */
  readonly files: readonly string[];
}

/** The files that belong to the repository, tracked or about to be, relative to the root. */
export function listFiles(): readonly string[] {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'];
  const listed = execFileSync('git', args, { cwd: workspaceRoot, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  const deleted = execFileSync('git', ['ls-files', '-z', '--deleted'], { cwd: workspaceRoot, encoding: 'utf8' });
  const gone = new Set(deleted.split('\0'));
  return listed.split('\0').filter((file) => file !== '' && !gone.has(file));
}

/** The text of a file, by its path from the root. */
export function readWorkspaceFile(file: string): string {
  return readFileSync(join(workspaceRoot, file), 'utf8');
}

/** Every package of the workspace, with its files. */
export function listPackages(): readonly WorkspacePackage[] {
  const files = listFiles();
  return files
    .filter((file) => /^(apps|libs|tools)\/[^/]+\/package\.json$/.test(file))
    .map((file) => file.slice(0, -'/package.json'.length))
    .map((folder) => ({
      folder,
      manifest: manifestSchema.parse(JSON.parse(readWorkspaceFile(`${folder}/package.json`))),
      files: files.filter((file) => file.startsWith(`${folder}/`) && (isCode(file) || isStyleSheet(file))),
    }));
}
