import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { binariesIn, findPostgresBinaries, type PostgresBinaries } from './postgres-binaries.ts';
import type { PostgresUser } from './postgres-user.ts';

export interface PostgresPlace {
  readonly binaries: PostgresBinaries;
  readonly dataDirectory: string;
}

/**
 * Where PostgreSQL runs from and keeps its data. Normally that is the checkout. Where root's checkout lies below a
 * directory that the user `postgres` may not enter (root's home, `mktemp -d`), both move to a place that it may.
 */
export function findPostgresPlace(
  dataDirectory: string,
  user: PostgresUser | undefined,
  say: (message: string) => void,
): PostgresPlace {
  const binaries = findPostgresBinaries();
  const link = join(dataDirectory, 'moved-to');
  const mayEnter = user === undefined || [dataDirectory, binaries.directory].every(canOthersEnter);
  if (mayEnter && !existsSync(link)) return { binaries, dataDirectory: join(dataDirectory, 'cluster') };

  const place = join(
    '/var/tmp',
    `darkroom-postgres-${createHash('sha256').update(dataDirectory).digest('hex').slice(0, 12)}`,
  );
  say(`the user postgres may not enter ${dataDirectory}, so PostgreSQL keeps its data in ${place}`);
  makeOwnDirectory(place);
  const native = join(place, 'native');
  if (!existsSync(native)) copyBinaries(binaries.directory, native, user);
  linkFrom(link, place);
  return { binaries: binariesIn(native), dataDirectory: join(place, 'cluster') };
}

/** A strict umask of whoever installed them would keep the user out of the copy as well, so it gets the copy. */
function copyBinaries(from: string, to: string, user: PostgresUser | undefined): void {
  const draft = `${to}.new`;
  rmSync(draft, { recursive: true, force: true });
  cpSync(from, draft, { recursive: true, verbatimSymlinks: true });
  if (user !== undefined) spawnSync('chown', ['-R', `${user.userId}:${user.groupId}`, draft]);
  renameSync(draft, to);
}

export function handOver(directory: string, user: PostgresUser | undefined): void {
  if (user !== undefined) chownSync(directory, user.userId, user.groupId);
}

function canOthersEnter(directory: string): boolean {
  const parents = [directory];
  while (dirname(parents[0] as string) !== parents[0]) parents.unshift(dirname(parents[0] as string));
  return parents.every((parent) => (statSync(parent).mode & 0o001) !== 0);
}

function makeOwnDirectory(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o755 });
  const found = lstatSync(path);
  if (!found.isDirectory() || found.uid !== 0) {
    throw new Error(
      `${path} belongs to somebody else. Remove it, or move the checkout to where the user postgres may enter.`,
    );
  }
  chmodSync(path, 0o755);
}

function linkFrom(link: string, target: string): void {
  rmSync(link, { force: true });
  symlinkSync(target, link);
}
