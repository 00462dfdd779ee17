import {
  definitionCode,
  environmentReaders,
  platformWorkflowCode,
  testCode,
  testingUsers,
  workflowCode,
} from './file-groups.mjs';
import { boundary, syntaxBoundary } from './import-boundary.mjs';

const everyTypeScript = ['**/*.{ts,tsx}'];
const integrationCode = ['libs/integrations-*/src/**/*.ts'];
const contractCode = ['libs/contract/src/**/*.ts'];
const clientCode = ['libs/client/src/**/*.ts'];
const mainCode = ['apps/main/src/**/*.ts'];
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
  uses('scope:communication', ['type:platform']),
  uses('scope:web', ['type:client']),
  uses('type:client', [], { allowedExternalImports: ['openapi-fetch', 'eventsource-parser'] }),
  uses('scope:simulator', ['type:platform']),
  uses('type:e2e', ['type:testing', 'type:client']),
  uses('scope:deploy', ['type:platform']),
  uses('scope:bench', ['type:integration-sdk', 'type:platform', 'type:database', 'type:testing']),
  uses('scope:checks', ['type:platform']),
  uses('scope:generators', []),
];

/** Tests may use the real middleware and the builders of libs/testing, and what those are made of. */
const dependenciesOfTests = [
  uses('*', [
    'type:integration-sdk',
    'type:integration',
    'type:platform',
    'type:database',
    'type:testing',
    'type:client',
    'scope:deploy',
  ]),
];

/** The conformance kit drives the simulator and the middleware. */
const dependenciesOfConformance = dependencies.map((rule) =>
  rule.sourceTag === 'type:integration-sdk'
    ? { ...rule, onlyDependOnLibsWithTags: [...rule.onlyDependOnLibsWithTags, 'type:testing'] }
    : rule,
);

const definitionDoor = 'The definition is what main loads: schemas and facts, without I/O.';

const providersAreCalledByTheWorker = 'main never calls a provider: the worker does.';

const connections = ['fetch', 'WebSocket', 'EventSource', 'global'].map((name) => ({
  name,
  message: 'Only the worker opens connections, through the clients that it hands to an integration.',
}));

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
  boundary(
    'collection-door',
    { files: everyTypeScript, ignores: ['apps/{main,async-task-worker}/**', 'libs/integration-sdk/**', ...testCode] },
    [{ group: ['@darkroom/integration-sdk/collection'], message: 'Only main and the worker collect integrations.' }],
  ),
  boundary(
    'conformance-door',
    { files: everyTypeScript, ignores: ['libs/integration-sdk/src/conformance/**', ...testCode] },
    [
      {
        group: ['@darkroom/integration-sdk/conformance', './conformance/**', '../**/conformance/**'],
        message: 'The conformance kit is for tests.',
      },
    ],
  ),
  boundary('contract-purity', { files: contractCode, ignores: testCode }, [
    {
      regex: '^(node:)?(BUILTIN)(/.*)?$',
      message: 'The contract is shapes that every process and the browser read: it uses nothing of Node.',
    },
  ]),
  boundary('client-purity', { files: clientCode, ignores: testCode }, [
    {
      regex: '^(node:)?(BUILTIN)(/.*)?$',
      message: 'The client runs in browsers too: it uses nothing of Node.',
    },
    {
      group: ['@darkroom/contract'],
      allowTypeImports: true,
      message: "The client takes the contract's types only: its schemas would be in the first load of every page.",
    },
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
        '@darkroom/integration-sdk/worker',
        '@darkroom/integration-sdk/workflows',
        '@darkroom/integration-sdk/tasks',
        '@darkroom/integration-sdk/collection',
      ],
      message: definitionDoor,
    },
    {
      regex:
        '^\\.{1,2}/(?!(.*/)?(definition|callback|from-request|settings|simulator-settings|[a-z0-9-]+\\.schema)\\.ts$)',
      allowTypeImports: true,
      message: `${definitionDoor} It imports definition, callback, from-request, settings, simulator-settings and *.schema files only.`,
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
        '../collection/**',
        '@darkroom/integration-sdk/worker',
        '@darkroom/integration-sdk/tasks',
        '@darkroom/integration-sdk/collection',
        '@darkroom/integration-sdk/conformance',
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
  boundary('platform-workflow', { files: platformWorkflowCode, ignores: testCode }, [
    {
      group: ['**/*-activities.ts'],
      allowTypeImports: true,
      message: 'A workflow is replayed: it calls activities through proxies, by their types.',
    },
  ]),
  boundary('main-outbound', { files: mainCode, ignores: testCode }, [
    {
      group: ['@darkroom/platform-http'],
      allowImportNames: ['checkOutboundUrl', 'reachableBaseUrl', 'securityHeaders'],
      allowTypeImports: true,
      message: providersAreCalledByTheWorker,
    },
    {
      regex: '^(node:)?(http|https|http2|tls|dgram)$',
      allowTypeImports: true,
      message: providersAreCalledByTheWorker,
    },
  ]),
  boundary('environment', { files: everyTypeScript, ignores: environmentReaders }, [
    { regex: '^(node:)?process$', message: 'Only config.ts reads the environment: take what you need as an argument.' },
  ]),
  syntaxBoundary(
    'computed-import',
    { files: [...mainCode, ...contractCode, ...integrationCode, ...workflowCode], ignores: testCode },
    [
      {
        selector: "ImportExpression:not([source.type='Literal'])",
        message: 'Write out what is imported: a specifier that is put together at run time passes every boundary.',
      },
    ],
  ),
  {
    files: [...mainCode, ...contractCode, ...integrationCode, ...workflowCode],
    ignores: testCode,
    rules: { 'no-restricted-globals': ['error', { globals: connections, checkGlobalObject: true }] },
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
