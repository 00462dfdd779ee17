import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { loadDeployment } from '../src/deployment/load-deployment.ts';

const root = resolve(import.meta.dirname, '../../..');
let dataDirectory: string;

beforeEach(() => {
  dataDirectory = mkdtempSync(join(tmpdir(), 'darkroom-paths-'));
});

afterEach(() => rmSync(dataDirectory, { recursive: true, force: true }));

test.each([
  ['main', 'LOG_FILE_PATH'],
  ['main', 'TEMP_DIR'],
  ['main', 'WEB_DIR'],
  ['communication', 'LOG_FILE_PATH'],
  ['async-task-worker', 'LOG_FILE_PATH'],
  ['async-task-worker', 'RESULTS_DIR'],
  ['async-task-worker', 'TEMP_DIR'],
  ['provider-simulator', 'SIMULATOR_DATA_DIR'],
  ['temporal', 'DARKROOM_CACHE_DIR'],
  ['temporal', 'TEMPORAL_CLI_PATH'],
  ['object-store', 'VERSITYGW_PATH'],
])('%s finds a relative %s from the root of the checkout, and an absolute one as it is', (name, variable) => {
  expect(environmentOf(name, { [variable]: 'logs/it' })).toHaveProperty(variable, join(root, 'logs/it'));
  expect(environmentOf(name, { [variable]: '/var/it' })).toHaveProperty(variable, '/var/it');
});

test('an empty path stays empty, and what holds no path stays as it is written', () => {
  const environment = environmentOf('main', { LOG_FILE_PATH: '', S3_OBJECT_KEY_PREFIX: 'prints' });
  expect(environment).toMatchObject({ LOG_FILE_PATH: '', S3_OBJECT_KEY_PREFIX: 'prints' });
});

function environmentOf(name: string, environment: Record<string, string>): Record<string, string | undefined> {
  const deployFile = join(root, 'deploy/deploy.dev.json');
  const { components } = loadDeployment(deployFile, { DARKROOM_DATA_DIR: dataDirectory, ...environment });
  return components.get(name)?.environment ?? {};
}
