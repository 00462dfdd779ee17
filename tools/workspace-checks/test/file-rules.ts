import { basename, posix } from 'node:path';

/** A file of the workspace with its text. */
export interface WorkspaceText {
  /** Relative to the root. */
  readonly path: string;
  readonly text: string;
}

const longestStyleSheet = 250;

/** Whether a file is code that types are checked in. */
export function isCode(path: string): boolean {
  return /\.tsx?$/.test(path);
}

/** Whether a file says how pages look. */
export function isStyleSheet(path: string): boolean {
  return path.endsWith('.css');
}

/** Whether only tests run a file: all that an end-to-end project has is for its tests. */
export function isTestCode(path: string): boolean {
  return path.endsWith('.test.ts') || /^([^/]+\/[^/]+\/(test|regression)|apps\/[^/]+-e2e)\//.test(path);
}

/** The files that are not named in kebab-case, with the role after a dot. */
export function findMisnamed(paths: readonly string[]): string[] {
  return paths.filter((path) => !/^[a-z0-9-]+(\.[a-z0-9-]+)*\.(tsx?|css)$/.test(basename(path)));
}

/** The files whose name, or whose folder's, says nothing of what is in them. */
export function findVague(paths: readonly string[]): string[] {
  return paths.filter((path) => /(^|[/-])(utils?|helpers?|common|types|misc|constants|shared)(\.|\/)/.test(path));
}

/** The tests that do not say which tier they belong to, and those that Jest would not find. */
export function findUntiered(paths: readonly string[]): string[] {
  return paths.filter((path) => /\.test\.tsx?$/.test(path) && !/\.(unit|int|e2e|replay)\.test\.ts$/.test(path));
}

/** The style sheets in which there is a second idea; the linter counts the lines of code. */
export function findLongStyleSheets(files: readonly WorkspaceText[]): string[] {
  return files
    .filter(({ path, text }) => isStyleSheet(path) && text.trimEnd().split('\n').length > longestStyleSheet)
    .map(({ path }) => path);
}

/** The values that code exports and no other file names: `path: name`. */
export function findUnreadExports(files: readonly WorkspaceText[]): string[] {
  const words = files.map(({ path, text }) => ({ path, known: new Set(text.match(/[\w$]+/g)) }));
  const isReadElsewhere = (name: string, owner: string): boolean =>
    words.some(({ path, known }) => path !== owner && known.has(name));
  return files
    .filter(({ path }) => isCode(path) && !isTestCode(path) && !isCollected(path))
    .flatMap(({ path, text }) =>
      exportedValues(text)
        .filter((name) => !isReadElsewhere(name, path))
        .map((name) => `${path}: ${name}`),
    );
}

/** The simulator finds its providers by the name of their files. */
function isCollected(path: string): boolean {
  return /^apps\/provider-simulator\/src\/providers\/.*\.dialect\.ts$/.test(path);
}

function exportedValues(text: string): string[] {
  const declarations = /^export (?:declare )?(?:abstract )?(?:async )?(?:const|let|function\*?|class) ([\w$]+)/gm;
  return [...text.matchAll(declarations)].flatMap(([, name]) => name ?? []);
}

/** What a page of an application loads from its own address and is not there, in its folder or in what it makes public. */
export function findMissingAddresses(page: WorkspaceText, paths: readonly string[]): string[] {
  const folder = posix.dirname(page.path);
  const addresses = [...page.text.matchAll(/\s(?:src|href)="(\/[^"]*)"/g)].flatMap(([, address]) => address ?? []);
  return addresses.filter((address) => ![folder, `${folder}/public`].some((place) => paths.includes(place + address)));
}
