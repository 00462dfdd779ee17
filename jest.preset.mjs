/** The one Jest setup of the workspace: ESM, sources of workspace libraries read without building. */
export const preset = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/{src,test,regression}/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  testEnvironmentOptions: { customExportConditions: ['@darkroom/source', 'node', 'node-addons'] },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2024', parser: { syntax: 'typescript' } }, module: { type: 'es6' }, sourceMaps: 'inline' },
    ],
  },
  maxWorkers: 1,
  testTimeout: 60_000,
};
