/** Code that only tests run. */
export const testCode = ['**/*.test.ts', '**/{test,regression}/**/*.ts'];

/** Code that only tests, benchmarks and checks run, and that may therefore use libs/testing. */
export const testingUsers = [
  ...testCode,
  'apps/*-e2e/**/*.ts',
  'tools/bench/**/*.ts',
  'libs/integration-sdk/src/conformance/**/*.ts',
];

/** What Temporal bundles into its sandbox. */
export const workflowCode = ['libs/integration*/src/workflows/**/*.ts'];

/** What `main` loads of an integration: its definition and what describes it. */
export const definitionCode = [
  'libs/integrations-*/src/{index,definition,callback}.ts',
  'libs/integrations-*/src/{input,output}.schema.ts',
];
