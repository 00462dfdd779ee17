import { definitionCode, testCode, testingUsers, workflowCode } from './file-groups.mjs';
import { boundary } from './import-boundary.mjs';

const everyTypeScript = ['**/*.ts'];
const integrationCode = ['libs/integrations-*/src/**/*.ts'];
const workerDoors = ['@darkroom/integrations-*/worker', '@darkroom/integrations-*/workflows'];

/** Which project may depend on which, by the tags in their package.json (docs/architecture.md, "Boundaries"). */
const dependencies = [
  uses('type:contract', [], { allowedExternalImports: ['zod', 'typeid-js'] }),
  uses('type:integration-sdk', []),
  uses('type:integration', ['type:integration-sdk'], { allowedExternalImports: ['zod'] }),
  uses('type:platform', ['type:platform']),
  uses('type:database', ['type:platform']),
  uses('type:testing', ['type:platform', 'type:database', 'scope:deploy']),
  uses('scope:main', ['type:integration-sdk', 'type:integration', 'type:platform', 'type:database'], {
    bannedExternalImports: ['undici', 'pg'],
  }),
  uses('scope:worker', ['type:integration-sdk', 'type:integration', 'type:platform'], {
    bannedExternalImports: ['pg', 'kysely'],
  }),
  uses('scope:simulator', ['type:platform']),
  uses('type:e2e', ['type:testing']),
  uses('scope:deploy', ['type:platform']),
  uses('scope:bench', ['type:platform', 'type:database', 'type:testing']),
  uses('scope:checks', ['type:platform']),
];

/** Tests may use the real middleware and the builders of libs/testing, and what those are made of. */
const dependenciesOfTests = [
  uses('*', [
    'type:integration-sdk',
    'type:integration',
    'type:platform',
    'type:database',
    'type:testing',
    'scope:deploy',
  ]),
];

/** The conformance kit drives the simulator and the middleware. */
const dependenciesOfConformance = dependencies.map((rule) =>
  rule.sourceTag === 'type:integration-sdk'
    ? { ...rule, onlyDependOnLibsWithTags: [...rule.onlyDependOnLibsWithTags, 'type:testing'] }
    : rule,
);

/** The boundaries of docs/architecture.md. tools/workspace-checks plants a violation of each. */
export const boundaries = [
  projectBoundaries(everyTypeScript, dependencies),
  projectBoundaries(testingUsers, dependenciesOfConformance),
  projectBoundaries(testCode, dependenciesOfTests),

  boundary('deep-path', { files: everyTypeScript }, [
    { group: ['@darkroom/*/src/**', '@darkroom/*/dist/**'], message: 'Reach a package through its exports.' },
  ]),
  boundary('worker-door', { files: everyTypeScript, ignores: ['apps/async-task-worker/**', ...testingUsers] }, [
    {
      group: workerDoors,
      message: "An integration's worker side is the worker's alone; everything else takes its definition.",
    },
  ]),
  boundary(
    'sdk-worker-door',
    { files: everyTypeScript, ignores: ['apps/async-task-worker/**', ...integrationCode, ...testingUsers] },
    [
      {
        group: ['@darkroom/integration-sdk/worker', '@darkroom/integration-sdk/workflows'],
        message: 'Only the worker and the worker side of an integration run activities and workflows.',
      },
    ],
  ),
  boundary('conformance-door', { files: everyTypeScript, ignores: testCode }, [
    { group: ['@darkroom/integration-sdk/conformance'], message: 'The conformance kit is for tests.' },
  ]),
  boundary('integration-surroundings', { files: integrationCode, ignores: testCode }, [
    {
      regex: '^(node:)?(?!(node:)?(crypto|buffer)$)(BUILTIN)(/.*)?$',
      message: 'An integration receives its http client, store, clock and logger as arguments.',
    },
  ]),
  boundary('definition-door', { files: definitionCode }, [
    {
      group: [
        './worker.ts',
        './client.ts',
        './activities/**',
        './workflows/**',
        '@darkroom/integration-sdk/worker',
        '@darkroom/integration-sdk/workflows',
      ],
      message: 'The definition is what main loads: schemas and facts, without I/O.',
    },
  ]),
  boundary('workflow-sandbox', { files: workflowCode, ignores: testCode }, [
    {
      regex: '^(node:)?(BUILTIN)(/.*)?$',
      message: 'A workflow is replayed: it runs on workflow code, types and pure code only.',
    },
    {
      group: [
        '../activities/**',
        '../worker.ts',
        '../worker/**',
        '../client.ts',
        '@darkroom/integration-sdk/worker',
        '@temporalio/activity',
        '@temporalio/client',
        '@temporalio/worker',
        'undici',
        'pino',
        'sharp',
        'file-type',
      ],
      allowTypeImports: true,
      message:
        'A workflow is replayed: it may take the types of activities, and runs on workflow code and pure code only.',
    },
  ]),
  {
    files: ['apps/main/src/**/*.ts'],
    ignores: testCode,
    rules: {
      'no-restricted-globals': ['error', { name: 'fetch', message: 'main never calls a provider: the worker does.' }],
    },
  },
];

function projectBoundaries(files, depConstraints) {
  return {
    files,
    rules: {
      '@nx/enforce-module-boundaries': ['error', { enforceBuildableLibDependency: false, allow: [], depConstraints }],
    },
  };
}

/** Every project may use the contract; beyond it, what its rule names. */
function uses(sourceTag, tags, externalImports = {}) {
  return { sourceTag, onlyDependOnLibsWithTags: ['type:contract', ...tags], ...externalImports };
}
