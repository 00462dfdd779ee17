import { describe, expect, test } from '@jest/globals';
import {
  findLongStyleSheets,
  findMisnamed,
  findMissingAddresses,
  findUnreadExports,
  findUntiered,
  findVague,
  type WorkspaceText,
} from './file-rules.ts';
import { importedPackages, isMentioned } from './imported-packages.ts';
import { ModuleGraph } from './module-graph.ts';

const page = (text: string): WorkspaceText => ({ path: 'apps/web/src/gallery/card.tsx', text });
const styles = (text: string): WorkspaceText => ({ path: 'apps/web/src/app.css', text });

describe('a name is refused', () => {
  test.each([
    'apps/web/src/CallCard.tsx',
    'apps/web/src/call_card.tsx',
    'apps/web/src/App.css',
    'apps/main/src/callCard.ts',
  ])('%s, which is not kebab-case', (path) => {
    expect(findMisnamed([path, 'apps/web/src/call-card.tsx', 'apps/web/src/app.css', 'a/b/card.unit.test.ts'])).toEqual(
      [path],
    );
  });

  test.each(['apps/web/src/utils.tsx', 'apps/web/src/shared/card.tsx', 'apps/web/src/common.css'])(
    '%s, which says nothing',
    (path) => {
      expect(findVague([path, 'apps/web/src/card.tsx'])).toEqual([path]);
    },
  );

  test.each(['apps/web/src/card.test.ts', 'apps/web/src/card.slow.test.ts', 'apps/web/src/card.unit.test.tsx'])(
    '%s, a test of no tier or one that Jest does not find',
    (path) => {
      expect(findUntiered([path, 'apps/web/src/card.unit.test.ts', 'apps/web/src/card.tsx'])).toEqual([path]);
    },
  );
});

describe('a value that is exported', () => {
  const card = page('export function Card() {\n  return <p>{label}</p>;\n}\nexport const label = 1;\n');

  test('by a page and read by no other file is found', () => {
    const reader = { path: 'apps/web/src/app.tsx', text: "import { Card } from './gallery/card.tsx';" };
    expect(findUnreadExports([card, reader])).toEqual([`${card.path}: label`]);
  });

  test.each(['apps/web/src/card.unit.test.ts', 'apps/web/test/card.ts', 'apps/web-e2e/src/card.ts'])(
    'by %s, which only tests run, is nobody’s business',
    (path) => {
      expect(findUnreadExports([{ ...card, path }])).toEqual([]);
    },
  );
});

test('a style sheet is too long by its 251st line', () => {
  const lines = (count: number) => styles('p {}\n'.repeat(count));
  expect(findLongStyleSheets([lines(250)])).toEqual([]);
  expect(findLongStyleSheets([lines(251)])).toEqual(['apps/web/src/app.css']);
});

test('what a page loads and is not there is found', () => {
  const text =
    '<link rel="icon" href="/favicon.svg" /><script type="module" src="/src/main.tsx"></script><a href="https://x.example/">x</a>';
  const index = { path: 'apps/web/index.html', text };
  expect(findMissingAddresses(index, ['apps/web/public/favicon.svg', 'apps/web/src/main.tsx'])).toEqual([]);
  expect(findMissingAddresses(index, ['apps/web/src/favicon.svg'])).toEqual(['/favicon.svg', '/src/main.tsx']);
});

describe('a package is imported', () => {
  test('by a page, beside its elements', () => {
    const text =
      "import { useState } from 'react';\nimport './card.css';\nexport const Card = () => <p title='react-dom'>x</p>;\n";
    expect(importedPackages([page(text)])).toEqual(['react']);
  });

  test.each([
    ["@import 'tailwindcss';", ['tailwindcss']],
    ["@import url('@fontsource/inter/400.css') layer(base);", ['@fontsource/inter']],
    ['@plugin "@tailwindcss/typography";', ['@tailwindcss/typography']],
    ["@import './card.css';", []],
    ["/* @import 'tailwindcss'; */", []],
  ])('by a style sheet: %s', (text, packages) => {
    expect(importedPackages([styles(text)])).toEqual(packages);
  });

  test('or only declared, where nothing names it in quotes', () => {
    expect(isMentioned('tailwindcss', "@import 'tailwindcss/theme.css';")).toBe(true);
    expect(isMentioned('tailwindcss', '/* as tailwindcss has it */')).toBe(false);
  });
});

describe('of modules', () => {
  const graphOf = (texts: Record<string, string>) => {
    const manifest = { name: '@darkroom/web', exports: {}, bin: {}, dependencies: {}, devDependencies: {} };
    const files = Object.keys(texts);
    return new ModuleGraph([{ folder: 'apps/web', manifest, files }], (file) => texts[file] ?? '');
  };

  test('a page that imports itself by way of another is found', () => {
    const graph = graphOf({
      'apps/web/src/card.tsx': "import { Grid } from './grid.tsx';\nexport const Card = () => <Grid />;\n",
      'apps/web/src/grid.tsx': "import { Card } from './card.tsx';\nexport const Grid = () => <Card />;\n",
    });
    expect(graph.findCycles()).toContain('apps/web/src/card.tsx → apps/web/src/grid.tsx → apps/web/src/card.tsx');
  });

  test('an import of a page or a style sheet that leads nowhere is found', () => {
    const graph = graphOf({
      'apps/web/src/card.tsx': "import './card.css';\nimport { Grid } from './grid.tsx';\n",
      'apps/web/src/app.css': "@import './tokens.css';\n@import 'tailwindcss';\n",
    });
    expect(graph.findDangling()).toEqual([
      'apps/web/src/card.tsx → apps/web/src/card.css',
      'apps/web/src/card.tsx → apps/web/src/grid.tsx',
      'apps/web/src/app.css → apps/web/src/tokens.css',
    ]);
  });
});
