import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export function findOnPath(program: string, environment: NodeJS.ProcessEnv): string | undefined {
  const directories = (environment['PATH'] ?? '').split(delimiter).filter(Boolean);
  return directories.map((directory) => join(directory, program)).find(isExecutableFile);
}

export function isExecutableFile(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
