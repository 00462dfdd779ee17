import { beforeAll, describe, expect, test } from '@jest/globals';
import { lintTexts } from './lint-texts-in-process.ts';
import { refreshProjectGraph } from './project-graph.ts';

interface Plant {
  readonly boundary: string;
  readonly path: string;
  readonly code: string;
  readonly rule: string;
}

const projects = '@nx/enforce-module-boundaries';
const use = (specifier: string): string => `import { thing } from '${specifier}';\nthing();\n`;

const later = (specifier: string): string => `await import('${specifier}');\n`;

/** Projects that are still to come: their boundaries hold from their first file. */
const projectsToCome = [
  { name: 'communication', root: 'apps/communication', tags: ['type:app', 'scope:communication'] },
  { name: 'web', root: 'apps/web', tags: ['type:app', 'scope:web'] },
];

const violations: readonly Plant[] = [
  {
    boundary: 'contract stays pure',
    path: 'libs/contract/src/planted.ts',
    code: use('@darkroom/platform-config'),
    rule: projects,
  },
  {
    boundary: 'contract takes no library but its schemas',
    path: 'libs/contract/src/planted.ts',
    code: use('pino'),
    rule: projects,
  },
  {
    boundary: 'an integration takes no platform library',
    path: 'libs/integrations-nanobanana2/src/planted.ts',
    code: use('@darkroom/platform-object-store'),
    rule: projects,
  },
  {
    boundary: 'integrations never import each other',
    path: 'libs/integrations-nanobanana2/src/planted.ts',
    code: use('@darkroom/integrations-example'),
    rule: projects,
  },
  {
    boundary: 'an integration builds no logger',
    path: 'libs/integrations-nanobanana2/src/planted.ts',
    code: use('pino'),
    rule: projects,
  },
  {
    boundary: 'an integration builds no object store',
    path: 'libs/integrations-nanobanana2/src/planted.ts',
    code: use('@aws-sdk/client-s3'),
    rule: projects,
  },
  {
    boundary: 'an integration reaches Temporal through the SDK alone',
    path: 'libs/integrations-nanobanana2/src/workflows/planted.ts',
    code: use('@temporalio/workflow'),
    rule: projects,
  },
  {
    boundary: 'an integration reads no file',
    path: 'libs/integrations-nanobanana2/src/planted.ts',
    code: use('node:fs'),
    rule: 'integration-surroundings/imports',
  },
  {
    boundary: 'an integration opens no connection',
    path: 'libs/integrations-nanobanana2/src/planted.ts',
    code: use('https'),
    rule: 'integration-surroundings/imports',
  },
  {
    boundary: 'the definition does not load the worker side',
    path: 'libs/integrations-nanobanana2/src/definition.ts',
    code: use('./worker.ts'),
    rule: 'definition-door/imports',
  },
  {
    boundary: 'the definition does not load activities',
    path: 'libs/integrations-nanobanana2/src/index.ts',
    code: use('./activities/generate-image.ts'),
    rule: 'definition-door/imports',
  },
  {
    boundary: 'workflow code uses nothing of Node',
    path: 'libs/integrations-nanobanana2/src/workflows/planted.ts',
    code: use('node:crypto'),
    rule: 'workflow-sandbox/imports',
  },
  {
    boundary: 'workflow code does not run activities itself',
    path: 'libs/integrations-nanobanana2/src/workflows/planted.ts',
    code: use('../activities/generate-image.ts'),
    rule: 'workflow-sandbox/imports',
  },
  {
    boundary: "the SDK's workflow code does not run its worker side",
    path: 'libs/integration-sdk/src/workflows/planted.ts',
    code: use('../worker/index.ts'),
    rule: 'workflow-sandbox/imports',
  },
  {
    boundary: 'main does not open the worker door of an integration',
    path: 'apps/main/src/planted.ts',
    code: use('@darkroom/integrations-nanobanana2/worker'),
    rule: 'worker-door/imports',
  },
  {
    boundary: 'main does not open the workflows door of an integration',
    path: 'apps/main/src/planted.ts',
    code: use('@darkroom/integrations-nanobanana2/workflows'),
    rule: 'worker-door/imports',
  },
  {
    boundary: 'main does not run activities',
    path: 'apps/main/src/planted.ts',
    code: use('@darkroom/integration-sdk/worker'),
    rule: 'sdk-worker-door/imports',
  },
  {
    boundary: 'main never calls a provider',
    path: 'apps/main/src/planted.ts',
    code: `await fetch('https://api.example.com');\n`,
    rule: 'no-restricted-globals',
  },
  {
    boundary: 'main has no HTTP client of its own',
    path: 'apps/main/src/planted.ts',
    code: use('undici'),
    rule: projects,
  },
  {
    boundary: 'the worker does not touch the database',
    path: 'apps/async-task-worker/src/planted.ts',
    code: use('@darkroom/platform-postgres'),
    rule: projects,
  },
  {
    boundary: 'the worker has no database driver',
    path: 'apps/async-task-worker/src/planted.ts',
    code: use('pg'),
    rule: projects,
  },
  {
    boundary: 'the worker writes no queries',
    path: 'apps/async-task-worker/src/planted.ts',
    code: use('kysely'),
    rule: projects,
  },
  {
    boundary: 'a platform library knows no integration',
    path: 'libs/platform-http/src/planted.ts',
    code: use('@darkroom/integrations-nanobanana2'),
    rule: projects,
  },
  {
    boundary: 'the SDK takes no platform library',
    path: 'libs/integration-sdk/src/planted.ts',
    code: use('@darkroom/platform-http'),
    rule: projects,
  },
  {
    boundary: 'the simulator does not know the integrations',
    path: 'apps/provider-simulator/src/planted.ts',
    code: use('@darkroom/integrations-nanobanana2'),
    rule: projects,
  },
  {
    boundary: 'libs/testing stays out of applications',
    path: 'apps/main/src/planted.ts',
    code: use('@darkroom/testing'),
    rule: projects,
  },
  {
    boundary: 'libs/testing stays out of the SDK',
    path: 'libs/integration-sdk/src/worker/planted.ts',
    code: use('@darkroom/testing'),
    rule: projects,
  },
  {
    boundary: 'the conformance kit stays out of an integration',
    path: 'libs/integrations-nanobanana2/src/planted.ts',
    code: use('@darkroom/integration-sdk/conformance'),
    rule: 'conformance-door/imports',
  },
  {
    boundary: 'packages are reached through their exports',
    path: 'apps/main/src/planted.ts',
    code: use('@darkroom/contract/src/call-status.ts'),
    rule: 'deep-path/imports',
  },
  {
    boundary: 'packages are not reached by a path across projects',
    path: 'apps/main/src/planted.ts',
    code: use('../../../libs/contract/src/index.ts'),
    rule: projects,
  },
  {
    boundary: 'the environment is read in config.ts',
    path: 'apps/main/src/planted.ts',
    code: `export const port = process.env['PORT'];\n`,
    rule: 'no-restricted-syntax',
  },
  {
    boundary: 'main sends no request of its own through globalThis',
    path: 'apps/main/src/planted.ts',
    code: `await globalThis.fetch('https://api.example.com');\n`,
    rule: 'no-restricted-globals',
  },
  {
    boundary: 'main builds no client for providers',
    path: 'apps/main/src/planted.ts',
    code: `import { createProviderClient } from '@darkroom/platform-http';\ncreateProviderClient();\n`,
    rule: 'main-outbound/imports',
  },
  {
    boundary: 'main builds no guarded client',
    path: 'apps/main/src/planted.ts',
    code: `import { createGuardedClient } from '@darkroom/platform-http';\ncreateGuardedClient();\n`,
    rule: 'main-outbound/imports',
  },
  {
    boundary: 'main loads no client for providers later',
    path: 'apps/main/src/planted.ts',
    code: later('@darkroom/platform-http'),
    rule: 'main-outbound/imports',
  },
  {
    boundary: 'main has no HTTP client of Node',
    path: 'apps/main/src/planted.ts',
    code: use('node:https'),
    rule: 'main-outbound/imports',
  },
  {
    boundary: 'main does not open the worker door of an integration later',
    path: 'apps/main/src/planted.ts',
    code: later('@darkroom/integrations-nanobanana2/worker'),
    rule: 'worker-door/imports',
  },
  {
    boundary: 'main does not put a worker door together at run time',
    path: 'apps/main/src/planted.ts',
    code: 'export const load = (name: string): Promise<unknown> => import(`${name}/worker`);\n',
    rule: 'computed-import/syntax',
  },
  {
    boundary: 'an integration reads no file later',
    path: 'libs/integrations-nanobanana2/src/planted.ts',
    code: later('node:fs'),
    rule: 'integration-surroundings/imports',
  },
  {
    boundary: 'an integration sends no request past its client',
    path: 'libs/integrations-nanobanana2/src/planted.ts',
    code: `await fetch('https://api.example.com');\n`,
    rule: 'no-restricted-globals',
  },
  {
    boundary: 'an integration does not collect integrations',
    path: 'libs/integrations-nanobanana2/src/planted.ts',
    code: use('@darkroom/integration-sdk/collection'),
    rule: 'collection-door/imports',
  },
  {
    boundary: 'contract sends no request',
    path: 'libs/contract/src/planted.ts',
    code: `await fetch('https://api.example.com');\n`,
    rule: 'no-restricted-globals',
  },
  {
    boundary: 'contract uses nothing of Node',
    path: 'libs/contract/src/planted.ts',
    code: use('node:crypto'),
    rule: 'contract-purity/imports',
  },
  {
    boundary: 'the definition does not load what handles requests',
    path: 'libs/integrations-nanobanana2/src/definition.ts',
    code: use('./generation-handler.ts'),
    rule: 'definition-door/imports',
  },
  {
    boundary: 'a schema does not load what makes requests',
    path: 'libs/integrations-nanobanana2/src/input.schema.ts',
    code: use('./dialects/gemini/to-provider-request.ts'),
    rule: 'definition-door/imports',
  },
  {
    boundary: 'workflow code sends no request',
    path: 'libs/integration-sdk/src/workflows/planted.ts',
    code: `await globalThis.fetch('https://api.example.com');\n`,
    rule: 'no-restricted-globals',
  },
  {
    boundary: 'workflow code does not collect integrations',
    path: 'libs/integration-sdk/src/workflows/planted.ts',
    code: use('../collection/index.ts'),
    rule: 'workflow-sandbox/imports',
  },
  {
    boundary: "the SDK's worker side does not take the conformance kit",
    path: 'libs/integration-sdk/src/worker/planted.ts',
    code: use('../conformance/index.ts'),
    rule: 'conformance-door/imports',
  },
  {
    boundary: 'communication takes the contract alone',
    path: 'apps/communication/src/planted.ts',
    code: use('@darkroom/platform-postgres'),
    rule: projects,
  },
  {
    boundary: 'communication does not know the integrations',
    path: 'apps/communication/src/planted.ts',
    code: use('@darkroom/integration-sdk'),
    rule: projects,
  },
  {
    boundary: 'web takes the contract and the client alone',
    path: 'apps/web/src/planted.ts',
    code: use('@darkroom/platform-http'),
    rule: projects,
  },
  {
    boundary: 'config.ts of a library reads no environment',
    path: 'libs/platform-http/src/config.ts',
    code: `export const port = process.env['PORT'];\n`,
    rule: 'no-restricted-syntax',
  },
  {
    boundary: 'the environment is not read as an import',
    path: 'apps/main/src/planted.ts',
    code: `import { env } from 'node:process';\nexport const port = env['PORT'];\n`,
    rule: 'environment/imports',
  },
  {
    boundary: 'the environment is not taken out of the process',
    path: 'apps/main/src/planted.ts',
    code: `const { env } = process;\nexport const port = env['PORT'];\n`,
    rule: 'no-restricted-syntax',
  },
  {
    boundary: 'the environment is not read under another spelling',
    path: 'apps/main/src/planted.ts',
    code: `export const port = globalThis.process['env']['PORT'];\n`,
    rule: 'no-restricted-syntax',
  },
];

const allowed: readonly Omit<Plant, 'rule'>[] = [
  {
    boundary: 'an integration uses the contract, the SDK and zod',
    path: 'libs/integrations-nanobanana2/src/planted.ts',
    code: `${use('@darkroom/contract')}${use('@darkroom/integration-sdk').replaceAll('thing', 'other')}export { z } from 'zod';\n`,
  },
  {
    boundary: "an integration's worker side uses the SDK's",
    path: 'libs/integrations-nanobanana2/src/worker.ts',
    code: use('@darkroom/integration-sdk/worker'),
  },
  {
    boundary: 'workflow code takes the types of activities',
    path: 'libs/integrations-nanobanana2/src/workflows/planted.ts',
    code: `import type { Activities } from '../activities/generate-image.ts';\nexport type { Activities };\n`,
  },
  {
    boundary: 'the worker opens the worker door',
    path: 'apps/async-task-worker/src/planted.ts',
    code: use('@darkroom/integrations-nanobanana2/worker'),
  },
  {
    boundary: 'main takes the definition and the database',
    path: 'apps/main/src/planted.ts',
    code: `${use('@darkroom/integrations-nanobanana2')}${use('@darkroom/platform-postgres').replaceAll('thing', 'other')}`,
  },
  { boundary: 'a test uses libs/testing', path: 'apps/main/src/planted.int.test.ts', code: use('@darkroom/testing') },
  {
    boundary: 'the conformance kit uses libs/testing',
    path: 'libs/integration-sdk/src/conformance/planted.ts',
    code: use('@darkroom/testing'),
  },
  {
    boundary: 'config.ts reads the environment',
    path: 'apps/main/src/config.ts',
    code: `export const port = process.env['PORT'];\n`,
  },
  {
    boundary: 'main checks addresses and serves requests',
    path: 'apps/main/src/planted.ts',
    code: `import type { IncomingMessage } from 'node:http';\nimport { checkOutboundUrl } from '@darkroom/platform-http';\ncheckOutboundUrl();\nexport type { IncomingMessage };\n`,
  },
  {
    boundary: 'the definition takes its settings and schemas',
    path: 'libs/integrations-nanobanana2/src/definition.ts',
    code: `${use('./settings.ts')}${use('./input.schema.ts').replaceAll('thing', 'other')}`,
  },
  {
    boundary: 'communication takes the contract',
    path: 'apps/communication/src/planted.ts',
    code: use('@darkroom/contract'),
  },
  { boundary: 'web takes the contract', path: 'apps/web/src/planted.ts', code: use('@darkroom/contract') },
  {
    boundary: 'a tool reads the environment in its config.ts',
    path: 'tools/bench/src/floor/config.ts',
    code: `export const port = process.env['PORT'];\n`,
  },
];

describe('the boundaries of docs/architecture.md', () => {
  let found: readonly (readonly string[])[];

  beforeAll(async () => {
    await refreshProjectGraph();
    found = await lintTexts([...violations, ...allowed], projectsToCome);
  });

  test.each(violations.map((plant, index) => ({ ...plant, index })))('hold: $boundary', ({ index, rule }) => {
    expect(found[index]).toEqual([rule]);
  });

  test.each(allowed.map((plant, index) => ({ ...plant, index })))('leave room: $boundary', ({ index }) => {
    expect(found[violations.length + index]).toEqual([]);
  });
});
