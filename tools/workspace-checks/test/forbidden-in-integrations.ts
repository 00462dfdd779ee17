import { later, type Plant, projects, use } from './planted-imports.ts';

/** What an integration may not load. */
export const forbiddenInIntegrations: readonly Plant[] = [
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
    boundary: 'the definition does not load asynchronous tasks',
    path: 'libs/integrations-nanobanana2/src/definition.ts',
    code: use('@darkroom/integration-sdk/tasks'),
    rule: 'definition-door/imports',
  },
  {
    boundary: 'workflow code does not submit asynchronous tasks',
    path: 'libs/integrations-nanobanana2/src/workflows/planted.ts',
    code: use('@darkroom/integration-sdk/tasks'),
    rule: 'workflow-sandbox/imports',
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
    boundary: 'the conformance kit stays out of an integration',
    path: 'libs/integrations-nanobanana2/src/planted.ts',
    code: use('@darkroom/integration-sdk/conformance'),
    rule: 'conformance-door/imports',
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
];
