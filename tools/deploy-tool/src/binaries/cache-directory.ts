import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** Where binaries are kept for all checkouts of one user. */
export function cacheDirectory(environment: NodeJS.ProcessEnv): string {
  const own = environment['DARKROOM_CACHE_DIR'];
  return own ? resolve(own) : join(homedir(), '.cache', 'darkroom');
}
