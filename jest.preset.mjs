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
  reporters: ['default', ownReporter('results'), ownReporter('leak')],
  maxWorkers: 1,
  testTimeout: 60_000,
};

function ownReporter(name) {
  return fileURLToPath(new URL(`./tools/workspace-checks/jest/${name}-reporter.mjs`, import.meta.url));
}
