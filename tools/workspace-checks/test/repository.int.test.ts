import { execFile } from 'node:child_process';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { isTestCode, listFiles, listPackages, readWorkspaceFile } from './workspace-files.ts';
import { workspaceRoot } from './workspace-root.ts';

const run = promisify(execFile);
const files = listFiles();
const texts = files.filter((file) =>
  /\.(ts|mjs|js|json|md|ya?ml|sh|html|css|txt)$|(^|\/)(run|Dockerfile|\.[a-z]+)$/.test(file),
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

test('code is formatted', async () => {
  const { stdout } = await run('prettier', ['--list-different', '{apps,libs,tools}/**/*.{ts,mjs}', '*.mjs'], {
    cwd: workspaceRoot,
  }).catch((error: { stdout: string }) => error);

  expect(stdout.split('\n').filter((line) => line !== '')).toEqual([]);
}, 120_000);

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
  const code = listPackages().flatMap((workspacePackage) => workspacePackage.files);

  test('are in kebab-case, with the role after a dot', () => {
    expect(code.filter((file) => !/^[a-z0-9-]+(\.[a-z0-9-]+)*\.ts$/.test(basename(file)))).toEqual([]);
  });

  test('name the thing, never "utils" or "types"', () => {
    expect(
      code.filter((file) => /(^|[/-])(utils?|helpers?|common|types|misc|constants|shared)(\.|\/)/.test(file)),
    ).toEqual([]);
  });

  test('of tests say which tier they belong to', () => {
    const tests = code.filter((file) => file.endsWith('.test.ts'));

    expect(tests.filter((file) => !/\.(unit|int|e2e|replay)\.test\.ts$/.test(file))).toEqual([]);
  });
});

test('no exported value is without a reader', () => {
  const code = listPackages().flatMap((workspacePackage) => workspacePackage.files);
  const words = new Map(
    files
      .filter((file) => /\.(ts|mjs)$/.test(file))
      .map((file) => [file, new Set(readWorkspaceFile(file).match(/[\w$]+/g))]),
  );
  const isReadElsewhere = (name: string, owner: string): boolean =>
    [...words].some(([file, known]) => file !== owner && known.has(name));
  const unread = code
    .filter((file) => !isTestCode(file) && !isCollected(file))
    .flatMap((file) =>
      exportedValues(file)
        .filter((name) => !isReadElsewhere(name, file))
        .map((name) => `${file}: ${name}`),
    );

  expect(unread).toEqual([]);
});

/** The simulator finds its providers by the name of their files. */
function isCollected(file: string): boolean {
  return /^apps\/provider-simulator\/src\/providers\/.*\.dialect\.ts$/.test(file);
}

function exportedValues(file: string): string[] {
  const declarations = /^export (?:declare )?(?:abstract )?(?:async )?(?:const|let|function\*?|class) ([\w$]+)/gm;
  return [...readWorkspaceFile(file).matchAll(declarations)].flatMap(([, name]) => name ?? []);
}
