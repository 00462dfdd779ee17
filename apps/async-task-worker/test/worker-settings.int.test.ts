import { expectNoLeakedProcesses } from '@darkroom/testing';
import { afterAll, describe, expect, test } from '@jest/globals';
import { startWorkerProcess } from './start-worker-process.ts';

afterAll(() => expectNoLeakedProcesses());

/** All that a worker with one integration needs. Nobody is at the addresses: a worker reads its settings before it connects. */
const complete = {
  NODE_ENV: 'test',
  MOCK_EXTERNAL_APIS: 'true',
  SIMULATOR_URL: 'http://127.0.0.1:1',
  ENABLED_INTEGRATIONS: 'nanobanana2',
  INTEGRATIONS_DENY_LIST: 'example',
  PUBLIC_BASE_URL: 'http://127.0.0.1:1',
  TEMPORAL_HOST: '127.0.0.1:1',
  TEMPORAL_NAMESPACE: 'default',
  S3_ENDPOINT: 'http://127.0.0.1:1',
  S3_REGION: 'us-east-1',
  S3_BUCKET: 'a-bucket',
  S3_OBJECT_KEY_PREFIX: 'artifacts',
  S3_ACCESS_KEY_ID: 'a-key-id',
  S3_SECRET_ACCESS_KEY: 'a-secret-key',
  MAIN_INTERNAL_URL: 'http://127.0.0.1:1',
  INTERNAL_TOKEN: 'a-token-for-the-internal-api',
  CALLBACK_SECRET: 'a-secret-for-the-callbacks',
};

describe('a worker whose settings are wrong', () => {
  test('lists every setting that is missing or a placeholder, and prints no value', async () => {
    const { S3_BUCKET: _absent, ...incomplete } = complete;
    const service = await startWorkerProcess({
      ...incomplete,
      MOCK_EXTERNAL_APIS: 'false',
      NANOBANANA2_EXTERNAL_API_KEY: 'your-api-key-here',
    });
    expect(await service.exited).toEqual({ code: 78, signal: null });
    for (const variable of [
      'S3_BUCKET',
      'NANOBANANA2_EXTERNAL_API_KEY',
      'NANOBANANA2_EXTERNAL_BASE_URL',
      'NANOBANANA2_EXTERNAL_MODEL',
      'NANOBANANA2_EXTERNAL_DIALECT',
    ]) {
      expect(service.logs()).toContain(variable);
    }
    expect(service.logs()).not.toContain('your-api-key-here');
  });

  test.concurrent.each<[string, Record<string, string>, string]>([
    [
      'the simulator in production',
      { NODE_ENV: 'production', ENABLED_INTEGRATIONS: 'nanobanana2' },
      'MOCK_EXTERNAL_APIS is refused in production',
    ],
    [
      'production without a list of integrations',
      { NODE_ENV: 'production', ENABLED_INTEGRATIONS: '' },
      'ENABLED_INTEGRATIONS is not set',
    ],
    ['an integration that nobody installed', { ENABLED_INTEGRATIONS: 'nanobanana3' }, 'Known: '],
    ['an integration that is not enabled', { WORKER_INTEGRATIONS: 'veo' }, 'WORKER_INTEGRATIONS names veo'],
    [
      'two names of one key that do not agree',
      {
        MOCK_EXTERNAL_APIS: 'false',
        IMAGE_PROVIDER: 'nanobanana2',
        IMAGE_API_KEY: 'one-key',
        NANOBANANA2_EXTERNAL_API_KEY: 'another-key',
      },
      'NANOBANANA2_EXTERNAL_API_KEY and IMAGE_API_KEY are set to different values',
    ],
    ['a key for nobody', { IMAGE_API_KEY: 'one-key' }, 'IMAGE_API_KEY is set, and IMAGE_PROVIDER is not'],
    [
      'one queue for two integrations',
      { INTEGRATIONS_DENY_LIST: '', ENABLED_INTEGRATIONS: 'nanobanana2,example', TEMPORAL_TASK_QUEUE: 'mine' },
      'this process runs 2 integrations',
    ],
  ])('refuses %s', async (_name, environment, message) => {
    const service = await startWorkerProcess({ ...complete, ...environment });
    expect(await service.exited).toEqual({ code: 78, signal: null });
    expect(service.logs()).toContain(message);
  });
});
