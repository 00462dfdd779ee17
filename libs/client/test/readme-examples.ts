import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

export const clientFolder = resolve(import.meta.dirname, '..');

/** An example of the README: its heading and its code. */
export interface ReadmeExample {
  readonly title: string;
  readonly code: string;
}

/** The examples of the README, in their order. */
export function readmeExamples(): ReadmeExample[] {
  const readme = readFileSync(resolve(clientFolder, 'README.md'), 'utf8');
  return [...readme.matchAll(/^## (.+)\n\n```ts\n([\s\S]*?)```/gm)].map(([, title = '', code = '']) => ({
    title,
    code,
  }));
}
