import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A secret of this checkout, made on first use and kept beside its data. */
export function localSecret(dataDirectory: string, name: string): string {
  const directory = join(dataDirectory, 'secrets');
  // The mode would count for the data directory as well, which others must be able to enter.
  mkdirSync(dataDirectory, { recursive: true });
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const path = join(directory, name);
  return readSecret(path) ?? makeSecret(path);
}

function makeSecret(path: string): string {
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, randomBytes(24).toString('hex'), { mode: 0o600 });
  try {
    // Linking fails where another process was first, so that all read the same secret.
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
  return readFileSync(path, 'utf8');
}

function readSecret(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
