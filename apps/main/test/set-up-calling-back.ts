import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createLogger } from '@darkroom/platform-logging';
import type { AppDependencies } from '../src/app.ts';
import { createCallbackReceivers } from '../src/callbacks/callback-receivers.ts';
import { createIntegrationCatalog } from '../src/integrations/integration-catalog.ts';
import { callingBack } from './calling-back.definition.ts';
import { setUpPublicApi } from './set-up-public-api.ts';

interface CallingBack {
  /** What the worker of the integration knows of its provider. */
  environment?: Record<string, string>;
  /** Stands for Temporal. */
  signal: AppDependencies['engine']['signal'];
}

/** Starts the public API for a test file, with an integration whose provider calls back, and a log that can be read. */
export function setUpCallingBack({ environment = {}, signal }: CallingBack) {
  const enabled = [callingBack];
  const logFile = (directory: string) => join(directory, 'main.log');
  const api = setUpPublicApi(({ directory }) => ({
    catalog: createIntegrationCatalog({ definitions: enabled, enabled, overrules: {} }),
    callbackReceivers: createCallbackReceivers({ enabled, environment, simulated: false }).byIntegration,
    engine: { signal },
    logger: createLogger({ service: 'main', level: 'trace', json: true, filePath: logFile(directory) }),
  }));
  return { api, logged: () => readFile(logFile(api.middleware.directory), 'utf8') };
}
