import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { workspaceRoot } from './workspace-root.ts';

/** What a run of the pretended Nx leaves behind. */
export interface PretendedRun {
  readonly codes: Readonly<Record<string, number>>;
  readonly counts?: Readonly<Record<string, object>>;
  readonly exitCode?: number;
}

/** A small workspace with the real bootstrap, in which Nx and npm are scripts that leave what they are told to. */
export class PretendWorkspace {
  readonly root: string;

  private constructor(root: string) {
    this.root = root;
  }

  static async create(): Promise<PretendWorkspace> {
    const workspace = new PretendWorkspace(await mkdtemp(join(tmpdir(), 'darkroom-workspace-')));
    await cp(join(workspaceRoot, 'tools/bootstrap'), join(workspace.root, 'tools/bootstrap'), { recursive: true });
    await cp(join(workspaceRoot, '.ci'), join(workspace.root, '.ci'), { recursive: true });
    await workspace.write('package.json', { name: 'pretended', scripts: { test: 'node tools/bootstrap/test.mjs' } });
    await workspace.write('package-lock.json', lockFile(process.version.slice(1)));
    return workspace;
  }

  /** Puts a project with a number of test files in place. */
  async addProject(folder: string, name: string, testFiles: number): Promise<void> {
    await this.write(`${folder}/package.json`, { nx: { name } });
    for (let n = 1; n <= testFiles; n += 1) await this.write(`${folder}/src/t${n}.unit.test.ts`, '');
  }

  /** Leaves the workspace as `npm ci` does. */
  async install(version = process.version.slice(1)): Promise<void> {
    await this.write('node_modules/.package-lock.json', lockFile(version));
    await mkdir(join(this.root, 'node_modules/node/bin'), { recursive: true });
    await symlink(process.execPath, join(this.root, 'node_modules/node/bin/node'));
    await this.script('node_modules/.bin/darkroom', ['echo "darkroom $*"']);
  }

  /** Says what the next run of Nx leaves behind. */
  async pretendRun({ codes, counts = {}, exitCode = 0 }: PretendedRun): Promise<void> {
    const tasks = Object.entries(codes).map(([taskId, status]) => ({ taskId, status }));
    const files = [
      ['.nx/cache/run.json', { tasks }],
      ...Object.entries(counts).map(([folder, count]) => [`${folder}/test-results/jest.json`, count] as const),
    ] as const;
    const writes = files.map(
      ([file, content]) => `mkdir -p ${dirname(file)}; printf %s '${JSON.stringify(content)}' > ${file}`,
    );
    await this.script('node_modules/.bin/nx', [...writes, `exit ${exitCode}`]);
  }

  /** Puts a shell script in place. */
  async script(file: string, lines: readonly string[]): Promise<void> {
    await this.write(file, ['#!/bin/sh', ...lines, ''].join('\n'));
    await chmod(join(this.root, file), 0o755);
  }

  /** Runs a command in the workspace, with `bin/` before everything else on the path. */
  run(command: string, ...args: string[]): Promise<{ code: number | string; stdout: string; output: string }> {
    const path = [join(this.root, 'bin'), process.env['PATH']].join(delimiter);
    const options = { cwd: this.root, env: { ...process.env, PATH: path, CI: 'true' } };
    return new Promise((done) => {
      execFile(command, args, options, (error, stdout, stderr) =>
        done({ code: error?.code ?? 0, stdout, output: stdout + stderr }),
      );
    });
  }

  remove(): Promise<void> {
    return rm(this.root, { recursive: true });
  }

  /** Puts a file in place: a text as it is, anything else as JSON. */
  async write(file: string, content: unknown): Promise<void> {
    const path = join(this.root, file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  }
}

function lockFile(nodeVersion: string) {
  return { packages: { '': {}, 'node_modules/node': { version: nodeVersion } } };
}
