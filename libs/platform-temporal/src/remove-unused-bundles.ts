import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

const unusedForMs = 30 * 24 * 3_600_000;
// A bundle, its record, or what an earlier version had only begun to write.
const bundleName = /^[0-9a-f]{32}\.(js|json)(\.\d+\.\d+)?$/;

/** Removes the bundles of sources and SDK versions that nobody has started with for 30 days; the start before marks those that it uses. */
export async function removeUnusedBundles(directory: string): Promise<void> {
  for (const name of (await readdir(directory)).filter((found) => bundleName.test(found))) {
    const path = join(directory, name);
    const isUnused = await stat(path).then(({ mtimeMs }) => Date.now() - mtimeMs > unusedForMs, removedByAnother);
    if (isUnused) await rm(path, { force: true });
  }
}

function removedByAnother(error: unknown): false {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
  throw error;
}
