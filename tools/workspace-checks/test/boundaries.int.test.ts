import { beforeAll, describe, expect, test } from '@jest/globals';
import { lintTexts } from './lint-texts-in-process.ts';
import { forbiddenElsewhere } from './forbidden-elsewhere.ts';
import { forbiddenInIntegrations } from './forbidden-in-integrations.ts';
import { forbiddenInMain } from './forbidden-in-main.ts';
import { forbiddenInPages } from './forbidden-in-pages.ts';
import { type Plant, use } from './planted-imports.ts';
import { refreshProjectGraph } from './project-graph.ts';

const violations = [...forbiddenInIntegrations, ...forbiddenInPages, ...forbiddenInMain, ...forbiddenElsewhere];

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
    boundary: "an integration's worker side offers asynchronous tasks",
    path: 'libs/integrations-nanobanana2/src/tasks/planted.ts',
    code: use('@darkroom/integration-sdk/tasks'),
  },
  {
    boundary: 'main submits asynchronous tasks',
    path: 'apps/main/src/planted.ts',
    code: use('@darkroom/integration-sdk/tasks'),
  },
  {
    boundary: 'workflow code takes the types of activities',
    path: 'libs/integrations-nanobanana2/src/workflows/planted.ts',
    code: `import type { Activities } from '../activities/generate-image.ts';\nexport type { Activities };\n`,
  },
  {
    boundary: "the worker's own workflow code takes the types of activities",
    path: 'apps/async-task-worker/src/platform/batches/planted.workflow.ts',
    code: `import type { BatchActivities } from './batch-activities.ts';\n${use('@temporalio/workflow')}export type { BatchActivities };\n`,
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
    boundary: 'communication takes the contract and what every process is built of',
    path: 'apps/communication/src/planted.ts',
    code: `${use('@darkroom/contract')}${use('@darkroom/platform-logging').replaceAll('thing', 'other')}`,
  },
  { boundary: 'web takes the contract', path: 'apps/web/src/planted.ts', code: use('@darkroom/contract') },
  { boundary: 'web takes the client', path: 'apps/web/src/planted.ts', code: use('@darkroom/client') },
  { boundary: 'a page takes the client', path: 'apps/web/src/planted.tsx', code: use('@darkroom/client') },
  {
    boundary: "the client takes the contract's types",
    path: 'libs/client/src/planted.ts',
    code: `import type { AccountEvent } from '@darkroom/contract';\nexport type { AccountEvent };\n`,
  },
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
    found = await lintTexts([...violations, ...allowed]);
  });

  test.each(violations.map((plant, index) => ({ ...plant, index })))('hold: $boundary', ({ index, rule }) => {
    expect(found[index]).toEqual([rule]);
  });

  test.each(allowed.map((plant, index) => ({ ...plant, index })))('leave room: $boundary', ({ index }) => {
    expect(found[violations.length + index]).toEqual([]);
  });
});
