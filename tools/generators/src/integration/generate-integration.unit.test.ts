import { beforeEach, describe, expect, test } from '@jest/globals';
import { readJson, writeJson, type Tree } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import { generateIntegration } from './generate-integration.ts';

let tree: Tree;
const references = [{ path: '../../libs/contract/tsconfig.lib.json' }];
const changed = () => tree.listChanges().map(({ path }) => path);

beforeEach(() => {
  tree = createTreeWithEmptyWorkspace();
  tree.write('.prettierrc', '{ "printWidth": 120, "singleQuote": true }');
  tree.delete('.oxfmtrc.json');
  writeJson(tree, 'libs/integration-sdk/package.json', { dependencies: { zod: '^4.6.7' } });
  for (const app of ['apps/main', 'apps/async-task-worker']) {
    writeJson(tree, `${app}/package.json`, { name: app, dependencies: {}, nx: {} });
    for (const file of ['tsconfig.lib.json', 'tsconfig.spec.json']) writeJson(tree, `${app}/${file}`, { references });
  }
});

test('a package and a module of the simulator are written under the name in its different spellings', async () => {
  await generateIntegration(tree, { name: 'acme-video', delivery: 'poll' });

  const text = (path: string) => tree.read(path, 'utf8');
  expect(text('libs/integrations-acme-video/src/settings.ts')).toContain("'ACME_VIDEO_EXTERNAL_API_KEY'");
  expect(text('libs/integrations-acme-video/src/definition.ts')).toContain("title: 'Acme video'");
  expect(text('apps/provider-simulator/src/providers/acme-video/acme-video.dialect.ts')).toContain('acmeVideoDialect');
  expect(changed().filter((path) => path.includes('template'))).toEqual([]);
});

test('main and the worker depend on the new package', async () => {
  await generateIntegration(tree, { name: 'acme', delivery: 'call' });

  for (const app of ['apps/main', 'apps/async-task-worker']) {
    const manifest = { dependencies: { '@darkroom/integrations-acme': '*' } };
    expect(readJson(tree, `${app}/package.json`)).toMatchObject(manifest);
    const project = { references: [...references, { path: '../../libs/integrations-acme/tsconfig.lib.json' }] };
    for (const file of ['tsconfig.lib.json', 'tsconfig.spec.json']) {
      expect(readJson(tree, `${app}/${file}`)).toEqual(project);
    }
  }
});

test('only a package that is called back has something to read callbacks with', async () => {
  await generateIntegration(tree, { name: 'polled', delivery: 'poll' });
  await generateIntegration(tree, { name: 'called-back', delivery: 'callback' });

  expect(changed().filter((path) => path.endsWith('/callback.ts'))).toEqual([
    'libs/integrations-called-back/src/callback.ts',
  ]);
});

describe('nothing is written, and the reason is said, for', () => {
  test.each(['Acme', 'acme_video', 'acme--video', '-acme', 'acme-', '3d', '../acme', 'a b', ''])(
    'the name "%s"',
    async (name) => {
      const before = changed();
      await expect(generateIntegration(tree, { name, delivery: 'call' })).rejects.toThrow(/kebab case.*acme-video/);
      expect(changed()).toEqual(before);
    },
  );

  test.each(['libs/integrations-acme/package.json', 'apps/provider-simulator/src/providers/acme/acme.dialect.ts'])(
    'a name that is taken by %s',
    async (taken) => {
      tree.write(taken, '');
      const before = changed();
      await expect(generateIntegration(tree, { name: 'acme', delivery: 'call' })).rejects.toThrow(/exists already/);
      expect(changed()).toEqual(before);
    },
  );
});
