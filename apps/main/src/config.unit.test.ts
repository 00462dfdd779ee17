import { describe, expect, test } from '@jest/globals';
import { requiresApiKey } from './access/access-faults.ts';
import { readConfig } from './config.ts';
import { retentionDaysOf } from './retention/retention-settings.ts';

const complete = {
  CALLBACK_SECRET: 'a-secret-of-thirty-two-characters',
  DATABASE_URL: 'postgresql://darkroom@127.0.0.1/darkroom',
  INTERNAL_TOKEN: 'a-token-of-thirty-two-characters',
  S3_ENDPOINT: 'http://127.0.0.1:9090',
  S3_REGION: 'us-east-1',
  S3_BUCKET: 'darkroom',
  S3_ACCESS_KEY_ID: 'an-access-key',
  S3_SECRET_ACCESS_KEY: 'an-access-secret',
  S3_OBJECT_KEY_PREFIX: 'darkroom',
  TEMPORAL_HOST: '127.0.0.1:7233',
  TEMPORAL_NAMESPACE: 'default',
  TOKEN_SECRET: 'another-secret-of-thirty-two-char',
};
const production = {
  PUBLIC_STREAM_URL: 'https://darkroom.example.com/v1/stream',
  NODE_ENV: 'production',
  PUBLIC_BASE_URL: 'https://darkroom.example.com',
  ENABLED_INTEGRATIONS: 'nanobanana2',
  API_KEYS: 'shop:a-good-long-key',
  WEBHOOK_SECRET: 'a-secret-of-at-least-thirty-two-characters',
};
const faultsOf = (more: Record<string, string>) => () => readConfig({ ...complete, ...more });

describe('the configuration of main', () => {
  test('is complete with what it needs in development', () => {
    expect(readConfig(complete)).toMatchObject({
      server: { host: '127.0.0.1', port: 3000, publicBaseUrl: undefined },
      internalServer: { host: '127.0.0.1', port: 3100 },
      integrations: { enabled: undefined, denyList: ['example'] },
      calls: { limitsOverrules: {}, storageRetrySeconds: 86_400 },
      push: { streamUrl: 'http://localhost:3001/v1/stream', tokenSeconds: 300, sessionSeconds: 604_800 },
    });
  });

  test('reads lists, keys and limits', () => {
    const config = readConfig({
      ...complete,
      API_KEYS: 'shop:a-good-long-key, shop:another:key',
      OPERATION_LIMITS: '{"nanobanana2/text-to-image":{"deadlineSeconds":5}}',
      INTEGRATIONS_DENY_LIST: '',
      OUTBOUND_ALLOW_ORIGINS: 'http://127.0.0.1:3900/files',
    });

    expect(config).toMatchObject({
      access: {
        apiKeys: [
          { accountId: 'shop', key: 'a-good-long-key' },
          { accountId: 'shop', key: 'another:key' },
        ],
      },
      calls: { limitsOverrules: { 'nanobanana2/text-to-image': { deadlineSeconds: 5 } } },
      integrations: { denyList: [] },
      outbound: { allowOrigins: ['http://127.0.0.1:3900'] },
    });
  });

  test('keeps everything for ever where nothing is said of retention, and refuses nonsense', () => {
    const variables = ['RETENTION_EVENTS_DAYS', 'RETENTION_ARTIFACTS_DAYS', 'RETENTION_HISTORIES_DAYS'];
    expect(retentionDaysOf(readConfig(complete).retention)).toEqual({});
    const some = { RETENTION_EVENTS_DAYS: '365', RETENTION_HISTORIES_DAYS: '1', RETENTION_ARTIFACTS_DAYS: ' ' };
    expect(retentionDaysOf(readConfig({ ...complete, ...some }).retention)).toEqual({ events: 365, histories: 1 });
    for (const variable of variables)
      for (const nonsense of ['0', '-7', '1.5', 'never', '7d', '1e3', '36501'])
        expect(faultsOf({ [variable]: nonsense })).toThrow(
          `${variable} is not valid: expected a whole number from 1 to 36500`,
        );
  });

  test.each([
    [
      'the simulator in production',
      { ...production, MOCK_EXTERNAL_APIS: 'true' },
      'MOCK_EXTERNAL_APIS is refused in production',
    ],
    [
      'no integrations named in production',
      { ...production, ENABLED_INTEGRATIONS: '' },
      'ENABLED_INTEGRATIONS is not set',
    ],
    ['no secret for webhooks in production', { ...production, WEBHOOK_SECRET: '' }, 'WEBHOOK_SECRET is not set'],
    ['streams at no address in production', { ...production, PUBLIC_STREAM_URL: '' }, 'PUBLIC_STREAM_URL is not set'],
    ['no secret for tokens', { TOKEN_SECRET: '' }, 'TOKEN_SECRET is not set'],
    ['a secret for tokens that can be guessed', { TOKEN_SECRET: 'short' }, 'TOKEN_SECRET is not valid'],
    ['tokens that are good for a day', { STREAM_TOKEN_SECONDS: '86400' }, 'STREAM_TOKEN_SECONDS is not valid'],
    ['pauses that are no numbers', { NOTIFICATION_RETRY_SECONDS: '5,soon' }, 'NOTIFICATION_RETRY_SECONDS is not valid'],
    ['a mail server without a sender', { SMTP_URL: 'smtp://mail.example.com' }, 'NOTIFICATIONS_FROM is not set'],
    ['no keys in production', { ...production, API_KEYS: '' }, 'API_KEYS is not set'],
    [
      'a production without keys',
      { ...production, REQUIRE_API_KEY: 'false' },
      'REQUIRE_API_KEY must not be false in production',
    ],
    ['every network interface without keys', { HOST: '0.0.0.0' }, 'API_KEYS is not set'],
    [
      'every network interface without the need of keys',
      { HOST: '0.0.0.0', REQUIRE_API_KEY: 'false' },
      'REQUIRE_API_KEY must not be false where HOST',
    ],
    ['limits that are no JSON', { OPERATION_LIMITS: '{' }, 'OPERATION_LIMITS is not valid'],
    ['limits that do not exist', { OPERATION_LIMITS: '{"a":{"deadline":5}}' }, 'OPERATION_LIMITS is not valid'],
    ['a key twice', { API_KEYS: 'a:a-good-long-key,b:a-good-long-key' }, 'the key is used twice'],
    ['a key without an account', { API_KEYS: 'a-good-long-key' }, 'the account must be'],
  ])('refuses %s', (_name, more, message) => {
    expect(faultsOf(more)).toThrow(message);
  });

  test('names every fault and repeats no key', () => {
    const read = faultsOf({ ...production, API_KEYS: 'shop:tiny', PORT: 'x', DATABASE_URL: '' });

    expect(read).toThrow(/API_KEYS[\s\S]*DATABASE_URL|DATABASE_URL[\s\S]*API_KEYS/);
    expect(read).not.toThrow(/tiny/);
  });
});

describe('a key is required', () => {
  const access = { apiKeys: [], host: '127.0.0.1', inProduction: false };
  const apiKeys = [{ accountId: 'shop', key: 'a-good-long-key' }];

  test.each([
    ['not on loopback in development', access, false],
    ['where there are keys', { ...access, apiKeys }, true],
    ['in production', { ...access, inProduction: true }, true],
    ['on an address that others reach', { ...access, host: '0.0.0.0' }, true],
    ['not where the operator says so, although there are keys', { ...access, apiKeys, requireApiKey: false }, false],
    ['where the operator says so', { ...access, requireApiKey: true }, true],
  ])('%s', (_name, configuration, required) => {
    expect(requiresApiKey(configuration)).toBe(required);
  });
});
