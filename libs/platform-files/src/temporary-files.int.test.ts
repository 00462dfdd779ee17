import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openTemporaryFiles } from './temporary-files.ts';

const run = promisify(execFile);
const source = JSON.stringify(join(import.meta.dirname, 'temporary-files.ts'));
let root: string;
let shared: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'darkroom-files-'));
  shared = join(root, 'darkroom-processes');
});

afterEach(() => rm(root, { recursive: true, force: true }));

const foldersOfProcesses = async () => (await readdir(shared)).filter((name) => !name.endsWith('.lock'));

/** A process that writes a temporary file, says so, and then does what it is told. */
async function startHolder(afterwards: string) {
  const program = `
    import { writeFile } from 'node:fs/promises';
    import { join } from 'node:path';
    import { openTemporaryFiles } from ${source};
    const files = await openTemporaryFiles(${JSON.stringify(root)});
    await files.withDirectory(async (directory) => {
      await writeFile(join(directory, 'video.part'), 'half');
      console.log('written');
      ${afterwards}
    });
  `;
  const holder = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    env: { PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(holder, 'exit');
  await once(holder.stdout, 'data');
  return { holder, ended };
}
const forEver = 'await new Promise((resolve) => setTimeout(resolve, 600_000));';

describe('temporary files are removed', () => {
  test('on success, failure and abort', async () => {
    const files = await openTemporaryFiles(root);
    const during = (work: (path: string) => Promise<string>) =>
      files.withDirectory(async (directory) => {
        const path = join(directory, 'file');
        await writeFile(path, 'bytes');
        return work(path);
      });

    expect(await during((path) => readFile(path, 'utf8'))).toBe('bytes');
    await expect(during(() => Promise.reject(new Error('no disk left')))).rejects.toThrow('no disk left');
    const aborted = during(async (path) => {
      const endless = Readable.from(
        (function* () {
          for (;;) yield 'more';
        })(),
      );
      const { signal, abort } = aborting();
      const writing = pipeline(endless, createWriteStream(path), { signal });
      abort();
      await writing;
      return path;
    });
    await expect(aborted).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));

    expect(await readdir(files.directory)).toEqual([]);
    await files.close();
    expect(await readdir(shared)).toEqual(['guard.lock']);
    await files.close();
  });

  test('by a process that ends at once', async () => {
    const { ended } = await startHolder('process.exit(3);');
    expect(await ended).toEqual([3, null]);
    expect(await foldersOfProcesses()).toEqual([]);
  });

  test('at the next start where their process was killed, while those of a living one stay', async () => {
    const killed = await startHolder(forEver);
    const alive = await startHolder(forEver);
    killed.holder.kill('SIGKILL');
    await killed.ended;
    expect(await foldersOfProcesses()).toHaveLength(2);

    const files = await openTemporaryFiles(root);
    const left = await foldersOfProcesses();
    expect(left.map((name) => Number(name.split('-')[0])).sort()).toEqual(
      [alive.holder.pid as number, process.pid].sort(),
    );
    const ofAlive = join(shared, left.find((name) => name.startsWith(`${alive.holder.pid}-`)) as string);
    const [work = ''] = await readdir(ofAlive);
    expect(await readFile(join(ofAlive, work, 'video.part'), 'utf8')).toBe('half');

    alive.holder.kill('SIGKILL');
    await alive.ended;
    await files.close();
    await (await openTemporaryFiles(root)).close();
    expect(await readdir(shared)).toEqual(['guard.lock']);
  });

  test('by several processes that start at once, and none takes what another has just made', async () => {
    const opened = await Promise.all(Array.from({ length: 12 }, () => openTemporaryFiles(root)));
    expect(new Set(await foldersOfProcesses()).size).toBe(12);
    await Promise.all(opened.map((files) => files.close()));
    expect(await foldersOfProcesses()).toEqual([]);
  });
});

describe('nothing else is touched', () => {
  test('in a directory that holds files of others, nor where a link leads', async () => {
    const foreign = join(root, 'holiday');
    await mkdir(foreign);
    await writeFile(join(foreign, 'beach.jpg'), 'sand');
    await mkdir(join(shared, 'notes'), { recursive: true });
    await symlink(foreign, join(shared, '4242-0123456789ab'));

    const files = await openTemporaryFiles(root);
    await files.close();
    expect(await readFile(join(foreign, 'beach.jpg'), 'utf8')).toBe('sand');
    expect(await readdir(shared)).toEqual(['guard.lock', 'notes']);

    await rm(shared, { recursive: true });
    await symlink(foreign, shared);
    await expect(openTemporaryFiles(root)).rejects.toThrow('TEMP_DIR');
    expect(await readdir(foreign)).toEqual(['beach.jpg']);
  });

  test('of what is kept for the next start', async () => {
    const files = await openTemporaryFiles(root);
    const kept = await files.keptDirectory('workflow-bundles');
    await writeFile(join(kept, 'bundle.js'), 'code');
    await files.close();
    await (await openTemporaryFiles(root)).close();
    expect(await readdir(kept)).toEqual(['bundle.js']);
  });
});

describe('what a killed process left and nobody can remove', () => {
  const name = '4242-0123456789ab';
  const obstacles: [string, code: string, make: () => Promise<unknown>, remove: () => Promise<unknown>][] = [
    ['a folder', 'ENAMETOOLONG', () => nestTooDeep(join(shared, name)), () => run('rm', ['-rf', join(shared, name)])],
    [
      'a lock',
      'ERR_SQLITE_ERROR',
      () => mkdir(join(shared, `${name}.lock`)),
      () => rm(join(shared, `${name}.lock`), { recursive: true }),
    ],
  ];

  const expectStartThatTells = async (code: string) => {
    const files = await openTemporaryFiles(root);
    expect(files.notRemoved).toEqual([{ directory: join(shared, name), error: expect.objectContaining({ code }) }]);
    expect(await readdir(shared)).not.toContain('4243-0123456789ab');
    expect(await files.withDirectory((directory) => readdir(directory))).toEqual([]);
    await files.close();
  };

  test.each(obstacles)(
    'ends no start: %s is told of at each, and goes once it can',
    async (_what, code, make, remove) => {
      await mkdir(join(shared, '4243-0123456789ab'), { recursive: true });
      await make();
      try {
        await expectStartThatTells(code);
        await expectStartThatTells(code);
      } finally {
        await remove();
      }
      const files = await openTemporaryFiles(root);
      expect(files.notRemoved).toEqual([]);
      await files.close();
      expect(await readdir(shared)).toEqual(['guard.lock']);
    },
  );
});

/** Folders in folders, of which the path is longer than the system takes one, so that they cannot be removed by it: whoever runs the test, be it root. */
async function nestTooDeep(directory: string): Promise<void> {
  await mkdir(directory);
  const program = `
    import { mkdirSync } from 'node:fs';
    for (let level = 0; level < 20; level += 1) {
      mkdirSync('${'x'.repeat(250)}');
      process.chdir('${'x'.repeat(250)}');
    }
  `;
  await run(process.execPath, ['--input-type=module', '--eval', program], { cwd: directory });
}

function aborting() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}
