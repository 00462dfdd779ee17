import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';
import { boundaries } from './tools/workspace-checks/lint/boundaries.mjs';
import { codeStyle } from './tools/workspace-checks/lint/code-style.mjs';
import { pages } from './tools/workspace-checks/lint/pages.mjs';
import { typeAware } from './tools/workspace-checks/lint/type-aware.mjs';

/** The one lint configuration of the workspace: ESLint finds it from every project's folder. */
export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/out-tsc/**',
      '**/test-results/**',
      '**/coverage/**',
      '.nx/**',
      '.darkroom/**',
      '**/generated/**',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  { plugins: { '@nx': nx, '@typescript-eslint': tseslint.plugin } },
  { files: ['**/*.mjs'], extends: [js.configs.recommended], languageOptions: { globals: nodeGlobals() } },
  { files: ['**/*.{ts,tsx}'], extends: [js.configs.recommended, tseslint.configs.recommended] },
  ...codeStyle,
  ...typeAware,
  ...boundaries,
  ...pages,
);

function nodeGlobals() {
  const names = [
    'process',
    'console',
    'URL',
    'fetch',
    'AbortController',
    'AbortSignal',
    'Buffer',
    'setTimeout',
    'clearTimeout',
    'setInterval',
    'clearInterval',
  ];
  return Object.fromEntries(names.map((name) => [name, 'readonly']));
}
