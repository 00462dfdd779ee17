import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** An answer of the provider, with a body from `__fixtures__`. */
export function answerWith(status: number, name: string, headers: Record<string, string> = {}) {
  return { status, headers, body: readFileSync(join(import.meta.dirname, '../__fixtures__', `${name}.json`)) };
}
