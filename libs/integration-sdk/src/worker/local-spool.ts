import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { SpoolAddress } from './main-client.ts';
import {
  fromSpoolFileName,
  isLeftBehind,
  type SpoolFile,
  type SpoolOwner,
  toSpoolFileName,
} from './spool-file-name.ts';

const unfinishedSuffix = '.writing';
const unfinishedForMs = 60_000;
const unusableDirectory = 'unusable';

/** Where a worker keeps the raw bytes of a paid answer before anything else is done with them. */
export interface LocalSpool {
  /** Writes the bytes and makes sure that they survive a crash of the machine. Replaces what was there. */
  write(address: SpoolAddress, bytes: Uint8Array): Promise<void>;
  /** The bytes of an answer, whichever process of this machine wrote them. */
  read(address: SpoolAddress): Promise<Uint8Array | undefined>;
  /** Says that somebody still works on the answer that was written or read, so that no sweep takes it. */
  touch(address: SpoolAddress): Promise<void>;
  remove(address: SpoolAddress): Promise<void>;
  /** Moves an answer of which nothing could be made to where no sweep looks, and where it stays until somebody removes it. */
  setAside(address: SpoolAddress, bytes: Uint8Array): Promise<void>;
  /** The answers that nobody works on. */
  listLeftBehind(): Promise<SpoolAddress[]>;
}

/** A spool in a directory, which several workers of one machine may share. The directory is made where it is missing. */
export async function openLocalSpool(directory: string): Promise<LocalSpool> {
  await mkdir(directory, { recursive: true });
  const unusable = join(directory, unusableDirectory);
  const self: SpoolOwner = {
    host: hostname().replaceAll(/[^A-Za-z0-9-]/g, '-'),
    pid: process.pid,
    nonce: randomBytes(6).toString('hex'),
  };
  for (const each of [directory, unusable]) await removeUnfinished(each, self);
  const ownName = (address: SpoolAddress) => toSpoolFileName({ ...address, owner: self });

  const listFiles = async (): Promise<{ file: SpoolFile; path: string }[]> => {
    const names = (await ignoreMissing(readdir(directory))) ?? [];
    return names.flatMap((name) => {
      const file = fromSpoolFileName(name);
      return file ? [{ file, path: join(directory, name) }] : [];
    });
  };
  const findPaths = async ({ callId, attempt }: SpoolAddress): Promise<string[]> => {
    const files = await listFiles();
    return files.filter(({ file }) => file.callId === callId && file.attempt === attempt).map(({ path }) => path);
  };

  const workedOn = new Map<string, string>();
  const remove = async (address: SpoolAddress): Promise<void> => {
    workedOn.delete(keyOf(address));
    for (const path of await findPaths(address)) await rm(path, { force: true });
  };

  return {
    async write(address, bytes) {
      workedOn.set(keyOf(address), await putDurably(directory, ownName(address), bytes));
    },
    async read(address) {
      const [path] = await findPaths(address);
      if (path === undefined) return undefined;
      workedOn.set(keyOf(address), path);
      return ignoreMissing(readFile(path));
    },
    async touch(address) {
      const path = workedOn.get(keyOf(address));
      if (path === undefined) return;
      const now = new Date();
      await ignoreMissing(utimes(path, now, now));
    },
    remove,
    async setAside(address, bytes) {
      await putDurably(unusable, ownName(address), bytes);
      await remove(address);
    },
    async listLeftBehind() {
      const leftBehind: SpoolAddress[] = [];
      for (const { file, path } of await listFiles()) {
        const facts = await ignoreMissing(stat(path));
        if (!facts) continue;
        const untouchedMs = Date.now() - facts.mtimeMs;
        if (isLeftBehind({ file, self, isAlive, untouchedMs }))
          leftBehind.push({ callId: file.callId, attempt: file.attempt });
      }
      return leftBehind;
    },
  };
}

function keyOf({ callId, attempt }: SpoolAddress): string {
  return `${callId}.${attempt}`;
}

/** What a killed process had only begun to write is of no use to anybody. */
async function removeUnfinished(directory: string, self: SpoolOwner): Promise<void> {
  const names = ((await ignoreMissing(readdir(directory))) ?? []).filter((name) => name.endsWith(unfinishedSuffix));
  for (const name of names) {
    const facts = await ignoreMissing(stat(join(directory, name)));
    const owner = fromSpoolFileName(name.slice(0, -unfinishedSuffix.length))?.owner;
    const isOwnerGone = owner?.host === self.host && owner.pid !== self.pid && !isAlive(owner.pid);
    if (facts && (isOwnerGone || Date.now() - facts.mtimeMs > unfinishedForMs))
      await rm(join(directory, name), { force: true });
  }
}

/** The path under which the bytes are whole, or not at all. */
async function putDurably(directory: string, name: string, bytes: Uint8Array): Promise<string> {
  const path = join(directory, name);
  await mkdir(directory, { recursive: true });
  try {
    await writeDurably(path + unfinishedSuffix, bytes);
    await rename(path + unfinishedSuffix, path);
  } catch (error) {
    await rm(path + unfinishedSuffix, { force: true });
    throw error;
  }
  await syncDirectory(directory);
  return path;
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

// Without this a crash may lose the file's name although its bytes are on the disk.
async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function ignoreMissing<Result>(action: Promise<Result>): Promise<Result | undefined> {
  try {
    return await action;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
