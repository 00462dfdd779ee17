import { readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { tryLock } from './operating-system-lock.ts';

/** What a process left that lives no more, locked so that nobody else removes it. */
export interface LeftBehind {
  remove(): Promise<void>;
}

const ownedName = /^(\d+-[0-9a-f]{12})(\.lock)?$/;

/** Claims what the owners of these folders and locks left behind; what somebody alive has locked stays out of it. */
export function claimLeftBehind(shared: string): LeftBehind[] {
  const names = readdirSync(shared).flatMap((name) => ownedName.exec(name)?.[1] ?? []);
  return [...new Set(names)].flatMap((name) => claim(join(shared, name)) ?? []);
}

function claim(directory: string): LeftBehind | undefined {
  const lockPath = `${directory}.lock`;
  const lock = tryLock(lockPath);
  if (lock === undefined) return undefined;
  return {
    async remove() {
      try {
        await rm(directory, { recursive: true, force: true });
        await rm(lockPath, { force: true });
      } finally {
        lock.release();
      }
    },
  };
}
