import { readdir } from 'node:fs/promises';

const packagePrefix = 'integrations-';

/**
 * The installed integration packages, sorted by name. `scopeDirectory` is a `node_modules/@darkroom`; the deny-list holds
 * integration names without the package prefix (`example`).
 */
export async function findIntegrationPackages({
  scopeDirectory,
  denyList,
}: {
  scopeDirectory: string;
  denyList: readonly string[];
}): Promise<string[]> {
  const denied = new Set(denyList.map((name) => packagePrefix + name));
  const folders = await readdir(scopeDirectory);
  return folders
    .filter((folder) => folder.startsWith(packagePrefix) && !denied.has(folder))
    .sort()
    .map((folder) => `@darkroom/${folder}`);
}
