import { readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type OperatingSystemLock, tryLock } from './operating-system-lock.ts';

/** What a process left that lives no more, locked so that nobody else removes it. */
export interface LeftBehind {
  readonly directory: string;
  /** Rejects where it cannot be removed, or could not even be locked; then the next process that starts tries again. */
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
  try {
    const lock = tryLock(lockPath);
    return lock && { directory, remove: () => removeLocked(directory, { lockPath, lock }) };
  } catch (error) {
    return {
      directory,
      async remove() {
        throw error;
      },
    };
  }
}

async function removeLocked(
  directory: string,
  { lockPath, lock }: { lockPath: string; lock: OperatingSystemLock },
): Promise<void> {
  try {
    await rm(directory, { recursive: true, force: true });
    await rm(lockPath, { force: true });
  } finally {
    lock.release();
  }
}
