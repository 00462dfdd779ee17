/** Code that only tests run. */
export const testCode = ['**/*.test.ts', '**/{test,regression}/**/*.ts'];

/** Code that only tests, benchmarks and checks run, and that may therefore use libs/testing. */
export const testingUsers = [
  ...testCode,
  'apps/*-e2e/**/*.ts',
  'tools/bench/**/*.ts',
  'libs/integration-sdk/src/conformance/**/*.ts',
];

/** The workflows that belong to no integration. */
export const platformWorkflowCode = [
  'apps/async-task-worker/src/platform/workflows/**/*.ts',
  'apps/async-task-worker/src/platform/**/*.workflow.ts',
];

/** What Temporal bundles into its sandbox. */
export const workflowCode = ['libs/integration*/src/workflows/**/*.ts', ...platformWorkflowCode];

/** What `main` loads of an integration: its definition and what describes it. */
export const definitionCode = [
  'libs/integrations-*/src/{index,definition,callback,from-request,settings,simulator-settings}.ts',
  'libs/integrations-*/src/**/*.schema.ts',
];

/** Where the environment is read: an application's or a tool's one place for it, and what starts processes for tests. */
export const environmentReaders = [
  'apps/*/src/config.ts',
  'tools/*/src/**/config.ts',
  'tools/*/src/cli.ts',
  'libs/testing/**/*.ts',
  'libs/integration-sdk/src/conformance/config.ts',
  ...testCode,
];
