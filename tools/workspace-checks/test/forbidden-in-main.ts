import { later, type Plant, projects, use } from './planted-imports.ts';

const path = 'apps/main/src/planted.ts';

/** What main may not load or do: it calls no provider and runs no work of the worker's. */
export const forbiddenInMain: readonly Plant[] = [
  {
    boundary: 'main does not open the worker door of an integration',
    path,
    code: use('@darkroom/integrations-nanobanana2/worker'),
    rule: 'worker-door/imports',
  },
  {
    boundary: 'main does not open the workflows door of an integration',
    path,
    code: use('@darkroom/integrations-nanobanana2/workflows'),
    rule: 'worker-door/imports',
  },
  {
    boundary: 'main does not run activities',
    path,
    code: use('@darkroom/integration-sdk/worker'),
    rule: 'sdk-worker-door/imports',
  },
  {
    boundary: 'main never calls a provider',
    path,
    code: `await fetch('https://api.example.com');\n`,
    rule: 'no-restricted-globals',
  },
  {
    boundary: 'main has no HTTP client of its own',
    path,
    code: use('undici'),
    rule: projects,
  },
  {
    boundary: 'main sends no request of its own through globalThis',
    path,
    code: `await globalThis.fetch('https://api.example.com');\n`,
    rule: 'no-restricted-globals',
  },
  {
    boundary: 'main builds no client for providers',
    path,
    code: `import { createProviderClient } from '@darkroom/platform-http';\ncreateProviderClient();\n`,
    rule: 'main-outbound/imports',
  },
  {
    boundary: 'main builds no guarded client',
    path,
    code: `import { createGuardedClient } from '@darkroom/platform-http';\ncreateGuardedClient();\n`,
    rule: 'main-outbound/imports',
  },
  {
    boundary: 'main loads no client for providers later',
    path,
    code: later('@darkroom/platform-http'),
    rule: 'main-outbound/imports',
  },
  {
    boundary: 'main has no HTTP client of Node',
    path,
    code: use('node:https'),
    rule: 'main-outbound/imports',
  },
  {
    boundary: 'main does not open the worker door of an integration later',
    path,
    code: later('@darkroom/integrations-nanobanana2/worker'),
    rule: 'worker-door/imports',
  },
  {
    boundary: 'main does not put a worker door together at run time',
    path,
    code: 'export const load = (name: string): Promise<unknown> => import(`${name}/worker`);\n',
    rule: 'computed-import/syntax',
  },
];
