import { chmodSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  identifyProcess,
  isSameProcessAlive,
  listProcessRecords,
  stopOrphan,
  type ProcessIdentity,
} from '@darkroom/deploy-tool';

export interface TestDirectory {
  readonly path: string;
  remove(): void;
}

const prefix = 'darkroom-test-';

/** A fresh directory of this test process. What killed test processes left behind is stopped and removed first. */
export async function claimTestDirectory(): Promise<TestDirectory> {
  await sweepAbandonedDirectories();
  const path = mkdtempSync(join(tmpdir(), prefix));
  noteOwner(path);
  // PostgreSQL, which runs as another user where tests run as root, must be able to enter.
  chmodSync(path, 0o755);
  return { path, remove: () => removeTree(path) };
}

async function sweepAbandonedDirectories(): Promise<void> {
  const directories = readdirSync(tmpdir()).filter((name) => name.startsWith(prefix));
  for (const directory of directories.map((name) => join(tmpdir(), name)).filter(isAbandoned)) {
    for (const record of listProcessRecords(join(directory, 'run'))) await stopOrphan(record);
    removeTree(directory);
  }
}

/** What was killed may write a moment longer. */
function removeTree(directory: string): void {
  rmSync(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
}

/** Other test processes read the note at any moment: it is there whole or not at all. */
function noteOwner(directory: string): void {
  const draft = join(directory, 'owner.draft');
  writeFileSync(draft, JSON.stringify(identifyProcess(process.pid)));
  renameSync(draft, join(directory, 'owner.json'));
}

function isAbandoned(directory: string): boolean {
  const owner = readOwner(directory);
  return owner !== undefined && !isSameProcessAlive(owner);
}

/** Nothing where the owner is about to write its note, or has just removed the directory. */
function readOwner(directory: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(readFileSync(join(directory, 'owner.json'), 'utf8')) as ProcessIdentity;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
