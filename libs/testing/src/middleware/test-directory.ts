import { chmodSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
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
  writeFileSync(join(path, 'owner.json'), JSON.stringify(identifyProcess(process.pid)));
  // PostgreSQL, which runs as another user where tests run as root, must be able to enter.
  chmodSync(path, 0o755);
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 }) };
}

async function sweepAbandonedDirectories(): Promise<void> {
  const directories = readdirSync(tmpdir()).filter((name) => name.startsWith(prefix));
  for (const directory of directories.map((name) => join(tmpdir(), name)).filter(isAbandoned)) {
    for (const record of listProcessRecords(join(directory, 'run'))) await stopOrphan(record);
    rmSync(directory, { recursive: true, force: true });
  }
}

function isAbandoned(directory: string): boolean {
  const ownerFile = join(directory, 'owner.json');
  // Without the file its owner is about to write it.
  return existsSync(ownerFile) && !isSameProcessAlive(JSON.parse(readFileSync(ownerFile, 'utf8')) as ProcessIdentity);
}
