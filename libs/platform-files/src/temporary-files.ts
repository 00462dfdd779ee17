import { randomBytes } from 'node:crypto';
import { lstatSync, mkdirSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { claimLeftBehind, type LeftBehind } from './left-behind.ts';
import { type OperatingSystemLock, tryLock } from './operating-system-lock.ts';

/** The temporary files of one process. */
export interface TemporaryFiles {
  /** The process's own folder, for libraries that write temporary files by themselves. It goes with the process. */
  readonly directory: string;
  /** What killed processes left and the start could not remove, and why: for the log. The next start tries again. */
  readonly notRemoved: readonly NotRemoved[];
  /** Lends an empty folder, and removes it with all that is in it when the work has ended, whether it succeeded, failed or was aborted. */
  withDirectory<Result>(work: (directory: string) => Promise<Result>): Promise<Result>;
  /** A folder that the processes share and that outlives them: for what is made once and used again. Whoever fills it removes what is old. */
  keptDirectory(name: string): Promise<string>;
  /** Removes all that is left. Safe to ask twice. */
  close(): Promise<void>;
}

/** A folder that a killed process left and that cannot be removed, such as one of another user. It is in nobody's way. */
export interface NotRemoved {
  readonly directory: string;
  readonly error: unknown;
}

const sharedFolder = 'darkroom-processes';
const guardRetryMs = 10;

/**
 * Takes a folder of this process's own in the directory, and removes those of processes that live no more; where one cannot be removed, `notRemoved`
 * says so. Only `darkroom-processes` in it is touched, and in that only folders that are named and locked as these are: whoever lives holds its lock,
 * whatever its pid or container.
 */
export async function openTemporaryFiles(temporaryDirectory: string): Promise<TemporaryFiles> {
  const root = resolve(temporaryDirectory);
  const shared = makeSharedFolder(root);
  const own = join(shared, `${process.pid}-${randomBytes(6).toString('hex')}`);
  const { lock, leftBehind } = await whileAlone(shared, () => {
    const claimed = claimLeftBehind(shared);
    return { lock: takeNew(own), leftBehind: claimed };
  });
  const removeOwn = () => {
    rmSync(own, { recursive: true, force: true });
    rmSync(lockOf(own), { force: true });
  };
  process.once('exit', removeOwn);
  const notRemoved = await removeAll(leftBehind);

  let isOpen = true;
  return {
    directory: own,
    notRemoved,
    async withDirectory(work) {
      await mkdir(own, { recursive: true });
      const directory = await mkdtemp(join(own, 'work-'));
      try {
        return await work(directory);
      } finally {
        await rm(directory, { recursive: true, force: true });
      }
    },
    async keptDirectory(name) {
      const kept = join(root, name);
      await mkdir(kept, { recursive: true });
      return kept;
    },
    async close() {
      if (!isOpen) return;
      isOpen = false;
      process.off('exit', removeOwn);
      await rm(own, { recursive: true, force: true });
      await rm(lockOf(own), { force: true });
      lock.release();
    },
  };
}

async function removeAll(leftBehind: readonly LeftBehind[]): Promise<NotRemoved[]> {
  const notRemoved: NotRemoved[] = [];
  for (const each of leftBehind) {
    await each.remove().catch((error: unknown) => notRemoved.push({ directory: each.directory, error }));
  }
  return notRemoved;
}

/** A link in its place would lead out of the directory. */
function makeSharedFolder(root: string): string {
  const shared = join(root, sharedFolder);
  mkdirSync(shared, { recursive: true, mode: 0o700 });
  if (lstatSync(shared).isDirectory()) return shared;
  throw new Error(`${shared} is no folder: remove it, or set TEMP_DIR to another directory.`);
}

/** Of the processes that start at once, one at a time: a folder is never seen before it is locked. */
async function whileAlone<Result>(shared: string, work: () => Result): Promise<Result> {
  let guard: OperatingSystemLock | undefined;
  while ((guard = tryLock(join(shared, 'guard.lock'))) === undefined) await pause(guardRetryMs);
  try {
    return work();
  } finally {
    guard.release();
  }
}

function takeNew(own: string): OperatingSystemLock {
  const lock = tryLock(lockOf(own));
  if (lock === undefined) throw new Error(`${lockOf(own)} is locked by another process although its name is new.`);
  mkdirSync(own, { mode: 0o700 });
  return lock;
}

function lockOf(directory: string): string {
  return `${directory}.lock`;
}
