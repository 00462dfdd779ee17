import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import {
  findLongStyleSheets,
  findMisnamed,
  findMissingAddresses,
  findUnreadExports,
  findUntiered,
  findVague,
  isCode,
  isStyleSheet,
  type WorkspaceText,
} from './file-rules.ts';
import { listUnformatted } from './list-unformatted.ts';
import { listFiles, listPackages, readWorkspaceFile } from './workspace-files.ts';
import { workspaceRoot } from './workspace-root.ts';

const run = promisify(execFile);
const files = listFiles();
const texts = files.filter((file) =>
  /\.(tsx?|mjs|js|json|md|ya?ml|sh|html|css|svg|txt)$|(^|\/)(run|Dockerfile|\.[a-z]+)$/.test(file),
);

test('the lock file holds no download address', () => {
  expect(readWorkspaceFile('package-lock.json').match(/"resolved": "https?:[^"]*"/g) ?? []).toEqual([]);
});

test('nothing that is built or measured is tracked', () => {
  expect(files.filter((file) => /(^|\/)(dist|out-tsc|test-results|node_modules|coverage)\//.test(file))).toEqual([]);
});

test('no file names a path of one machine', () => {
  const machinePath = /(?<![\w.$}/-])\/(?:work|root|Users\/[a-z]\w*|home\/[a-z]\w*)\/[\w.-]+/g;
  const found = texts
    .filter((file) => file !== 'package-lock.json')
    .flatMap((file) => (readWorkspaceFile(file).match(machinePath) ?? []).map((path) => `${file}: ${path}`));

  expect(found).toEqual([]);
});

test('code and style sheets are formatted', async () => {
  expect(await listUnformatted(workspaceRoot)).toEqual([]);
});

test.each([
  ['feat(main): accept calls in one statement', 0],
  ['feat(nowhere): accept calls', 1],
  ['Update stuff', 1],
])('the commit subject "%s" is judged by the convention', async (subject, exitCode) => {
  const commitlint = run('commitlint', { cwd: workspaceRoot });
  commitlint.child.stdin?.end(subject);
  const code = await commitlint.then(
    () => 0,
    (error: { code: number }) => error.code,
  );

  expect(code).toBe(exitCode);
});

describe('file names', () => {
  const named = listPackages().flatMap((workspacePackage) => workspacePackage.files);

  test('are in kebab-case, with the role after a dot', () => {
    expect(findMisnamed(named)).toEqual([]);
  });

  test('name the thing, never "utils" or "types"', () => {
    expect(findVague(named)).toEqual([]);
  });

  test('of tests say which tier they belong to', () => {
    expect(findUntiered(named)).toEqual([]);
  });
});

test('no style sheet is longer than a file of code may be', () => {
  expect(findLongStyleSheets(read(files.filter(isStyleSheet)))).toEqual([]);
});

test('what a page loads is there', () => {
  const pages = read(files.filter((file) => /^apps\/[^/]+\/[^/]+\.html$/.test(file)));

  expect(pages.map(({ path }) => path)).toContain('apps/web/index.html');
  expect(pages.flatMap((page) => findMissingAddresses(page, files))).toEqual([]);
});

test('no exported value is without a reader', () => {
  expect(findUnreadExports(read(files.filter((file) => isCode(file) || file.endsWith('.mjs'))))).toEqual([]);
});

function read(paths: readonly string[]): WorkspaceText[] {
  return paths.map((path) => ({ path, text: readWorkspaceFile(path) }));
}
