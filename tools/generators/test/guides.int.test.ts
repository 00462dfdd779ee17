import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const workspaceRoot = resolve(import.meta.dirname, '../../..');
const agentGuide = '.claude/agents/integration-generation-handler.md';
const read = (guide: string) => readFileSync(join(workspaceRoot, guide), 'utf8');
const generated = globSync('tools/generators/src/integration/files/**/*.template', { cwd: workspaceRoot }).map((file) =>
  basename(file, '.template').replace('__name__', '<name>'),
);

describe.each([agentGuide, 'docs/guides/add-an-integration.md'])('%s', (guide) => {
  const text = read(guide);
  const quoted = [...text.matchAll(/`([^`\n]+)`/g)].map(([, words = '']) => words);

  test('names folders and files that exist', () => {
    const paths = quoted.filter((words) => /^(apps|libs|docs|tools)\/[\w./-]+$/.test(words));
    expect(paths.length).toBeGreaterThan(3);
    const ofTheNewPackage = /acme-video/;
    expect(paths.filter((path) => !ofTheNewPackage.test(path) && !existsSync(join(workspaceRoot, path)))).toEqual([]);
  });

  test('names files of a package that the generator writes', () => {
    const named = ['image-dialect.ts', '<name>.int.test.ts'];
    const files = quoted
      .filter((words) => /^[\w./<>-]+\.ts$/.test(words) && !/^(apps|libs|docs|tools)\//.test(words))
      .map((file) => basename(file).replace('acme-video', '<name>'));
    expect(files.length).toBeGreaterThan(8);
    expect(files.filter((file) => !generated.includes(file) && !named.includes(file))).toEqual([]);
  });

  test('names functions that the SDK has for answers', () => {
    const door = read('libs/integration-sdk/src/answers/index.ts');
    const functions = quoted.filter((words) => /^(from\w+Answer|to(Task)?Failure|create\w+Handler)$/.test(words));
    expect(functions.filter((name) => !door.includes(name))).toEqual([]);
  });
});

test('the guide for agents is read at one go: fewer than 1,500 words', () => {
  expect(read(agentGuide).split(/\s+/).length).toBeLessThan(1500);
});
