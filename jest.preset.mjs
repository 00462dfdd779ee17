import { fileURLToPath } from 'node:url';

/** The one Jest setup of the workspace: ESM, sources of workspace libraries read without building. */
export const preset = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/{src,test,regression}/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  injectGlobals: false,
  testEnvironmentOptions: { customExportConditions: ['@darkroom/source', 'node', 'node-addons'] },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2024', parser: { syntax: 'typescript' } }, module: { type: 'es6' }, sourceMaps: 'inline' },
    ],
  },
  reporters: ['default', ownPart('results-reporter'), ownPart('leak-reporter')],
  maxWorkers: 1,
  // Only for what hangs, and longer than a whole stack may take to start: each wait has a limit of its own, which tells what did not come.
  testTimeout: 400_000,
};

/** For a project whose test files share what `startTestMiddleware({ postgres: 'shared' })` gives: spread it beside the preset. */
export const sharedMiddleware = { globalSetup: keeperHook('start'), globalTeardown: keeperHook('stop') };

/** For a project whose tests wait a good part of their time: two files at once, in processes of their own. */
export const twoAtOnce = { maxWorkers: 2, testEnvironment: ownPart('leak-environment') };

function keeperHook(verb) {
  return fileURLToPath(new URL(`./libs/testing/jest/${verb}-keeper.mjs`, import.meta.url));
}

function ownPart(name) {
  return fileURLToPath(new URL(`./tools/workspace-checks/jest/${name}.mjs`, import.meta.url));
}
