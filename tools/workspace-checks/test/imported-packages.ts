import { builtinModules } from 'node:module';
import type { WorkspaceText } from './file-rules.ts';
import { importsIn } from './module-graph.ts';

/** The packages that files import, each once. */
export function importedPackages(files: readonly WorkspaceText[]): string[] {
  const specifiers = files.flatMap(importsIn).map(({ specifier }) => specifier);
  const names = specifiers
    .filter((specifier) => !/^(\.|node:)/.test(specifier) && !builtinModules.includes(specifier))
    .map(packageOf);
  return [...new Set(names)].sort();
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** Whether texts name a package, or a part of it, in quotes. */
export function isMentioned(name: string, texts: string): boolean {
  return ["'", '"', '`'].some(
    (quote) => texts.includes(`${quote}${name}${quote}`) || texts.includes(`${quote}${name}/`),
  );
}
