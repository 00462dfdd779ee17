import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const workspaceRoot = resolve(import.meta.dirname, '../../..');

/** A command that a document tells its reader to run. */
export interface DocumentCommand {
  readonly document: string;
  readonly command: string;
}

/** The lines of all `sh` blocks, and the `npm`, `npx`, `node` and `curl` commands in the running text, of one document. */
export function commandsOf(document: string): DocumentCommand[] {
  const text = readFileSync(join(workspaceRoot, document), 'utf8');
  const blocks = [...text.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) => block.split('\n'));
  const inline = [...text.replace(/```[\s\S]*?```/g, '').matchAll(/`((?:npm|npx|node|curl) [^`]+)`/g)].map(
    ([, command = '']) => command,
  );
  return [...blocks, ...inline]
    .map((line) => line.replace(/\s+#.*$/, '').trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((command) => ({ document, command }));
}

/** README, AGENTS and all pages under `docs`, from the workspace's root. */
export function documents(): string[] {
  const pages = readdirSync(join(workspaceRoot, 'docs'), { recursive: true, encoding: 'utf8' });
  return ['README.md', 'AGENTS.md', ...pages.filter((page) => page.endsWith('.md')).map((page) => join('docs', page))];
}
