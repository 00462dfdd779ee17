import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The nearest `node_modules/@darkroom` at or above a directory: where integrations are installed. */
export function findScopeDirectory(directory: string): string {
  const candidate = join(directory, 'node_modules', '@darkroom');
  if (existsSync(candidate)) return candidate;
  const parent = dirname(directory);
  if (parent === directory)
    throw new Error('There is no node_modules/@darkroom above this program. Install the packages with npm ci.');
  return findScopeDirectory(parent);
}
