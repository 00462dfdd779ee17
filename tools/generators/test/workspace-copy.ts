import { execFile, execFileSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readlink, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join, resolve } from 'node:path';

const workspaceRoot = resolve(import.meta.dirname, '../../..');

/** This checkout at another place, with its own projects and the same installed packages, for a generator to write into. */
export class WorkspaceCopy {
  readonly root: string;

  private constructor(root: string) {
    this.root = root;
  }

  static async create(): Promise<WorkspaceCopy> {
    const copy = new WorkspaceCopy(await mkdtemp(join(tmpdir(), 'darkroom-generated-')));
    for (const file of listFiles()) await cp(join(workspaceRoot, file), join(copy.root, file));
    await copy.linkInstalled();
    return copy;
  }

  /** What `npm install` does for a new package. */
  async linkProject(folder: string): Promise<void> {
    await symlink(join('../..', folder), join(this.root, 'node_modules/@darkroom', basename(folder)));
  }

  /** Runs a command in a folder of the copy; its output, whatever becomes of it. */
  run(folder: string, command: string, ...args: string[]): Promise<{ code: number | string; output: string }> {
    const bin = join(this.root, 'node_modules/.bin');
    const path = [dirname(process.execPath), bin, process.env['PATH']].join(delimiter);
    const env = { ...process.env, PATH: path, NX_DAEMON: 'false', CI: 'true', NO_COLOR: '1', FORCE_COLOR: '0' };
    const options = { cwd: join(this.root, folder), env, maxBuffer: 64 * 1024 * 1024 };
    return new Promise((done) => {
      const child = execFile(command, args, options, (error, stdout, stderr) =>
        done({ code: error?.code ?? 0, output: stdout + stderr }),
      );
      child.stdin?.end();
    });
  }

  remove(): Promise<void> {
    return rm(this.root, { recursive: true });
  }

  private async linkInstalled(): Promise<void> {
    const installed = join(workspaceRoot, 'node_modules');
    const scope = join(this.root, 'node_modules/@darkroom');
    await mkdir(scope, { recursive: true });
    for (const entry of await readdir(installed)) {
      if (entry === '@darkroom' || entry === '.cache') continue;
      await symlink(join(installed, entry), join(this.root, 'node_modules', entry));
    }
    // Their targets are relative, so that they lead to the copy's own projects.
    for (const project of await readdir(join(installed, '@darkroom'))) {
      await symlink(await readlink(join(installed, '@darkroom', project)), join(scope, project));
    }
    // Versions that a project does not share with the others.
    for (const own of globSync('{apps,libs,tools}/*/node_modules', { cwd: workspaceRoot })) {
      await symlink(join(workspaceRoot, own), join(this.root, own));
    }
  }
}

function listFiles(): string[] {
  const git = (...args: string[]) =>
    execFileSync('git', ['ls-files', '-z', ...args], { cwd: workspaceRoot, encoding: 'utf8', maxBuffer: 2 ** 26 })
      .split('\0')
      .filter((file) => file !== '');
  const deleted = new Set(git('--deleted'));
  return git('--cached', '--others', '--exclude-standard', '--deduplicate').filter((file) => !deleted.has(file));
}
