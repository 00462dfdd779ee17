import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface OperatingSystemLock {
  release(): void;
}

const sqliteBusy = 5;

/** A database that nothing refers to is collected, and its lock with it. */
const held = new Set<DatabaseSync>();

/**
 * Takes an exclusive lock on a file, or answers nothing where another process holds it. The lock ends with its holder,
 * even when that is killed, so no stale lock is ever left. It is SQLite's file lock: Node has no other.
 */
export function tryLock(path: string): OperatingSystemLock | undefined {
  mkdirSync(dirname(path), { recursive: true });
  const database = new DatabaseSync(path);
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    held.add(database);
    return {
      release: () => {
        held.delete(database);
        database.close();
      },
    };
  } catch (error) {
    database.close();
    if ((error as { errcode?: number }).errcode === sqliteBusy) return undefined;
    throw error;
  }
}
