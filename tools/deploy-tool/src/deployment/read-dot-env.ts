import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';

/** The variables of `.env` in a directory; none where there is no such file. */
export function readDotEnv(directory: string): NodeJS.Dict<string> {
  try {
    return parseEnv(readFileSync(join(directory, '.env'), 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}
