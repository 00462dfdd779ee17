import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { handOver, type PostgresPlace } from './postgres-place.ts';
import type { PostgresUser } from './postgres-user.ts';

export interface ClusterOwner {
  readonly userName: string;
  readonly password: string;
}

/** Makes the database cluster where there is none yet: whole, or not at all. */
export async function initialiseCluster(
  { binaries, dataDirectory }: PostgresPlace,
  { userName, password }: ClusterOwner,
  user: PostgresUser | undefined,
): Promise<void> {
  if (existsSync(join(dataDirectory, 'PG_VERSION'))) return;
  const draft = `${dataDirectory}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  const secretDirectory = mkdtempSync(join(tmpdir(), 'darkroom-initdb-'));
  const passwordFile = join(secretDirectory, 'password');
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  chmodSync(secretDirectory, 0o700);
  for (const path of [secretDirectory, passwordFile, draft]) handOver(path, user);
  try {
    await run(
      binaries.initdb,
      [
        '--pgdata',
        draft,
        '--username',
        userName,
        '--pwfile',
        passwordFile,
        '--auth',
        'scram-sha-256',
        '--encoding',
        'UTF8',
        '--locale',
        'C',
        '--no-sync',
      ],
      user,
    );
    renameSync(draft, dataDirectory);
  } finally {
    rmSync(secretDirectory, { recursive: true, force: true });
  }
}

function run(command: string, args: string[], user: PostgresUser | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'ignore', 'pipe'],
      cwd: '/',
      ...(user !== undefined && { uid: user.userId, gid: user.groupId }),
    });
    let complaints = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`initdb could not make the database cluster: ${complaints.trim()}`)),
    );
  });
}
