import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { ConfigurationError, isConfigurationError } from './configuration-error.ts';
import { booleanFromText, integerFromText, listFromText, portFromText, urlFromText } from './from-text.schema.ts';
import { loadSettings, readSettings } from './load-settings.ts';
import { defineSettings } from './settings-group.ts';

const temporal = defineSettings('Temporal', {
  address: {
    variable: 'TEMPORAL_HOST',
    aliases: ['TEMPORAL_ADDRESS'],
    schema: z.string(),
    description: 'Where Temporal is.',
    example: '127.0.0.1:7233',
  },
  namespace: { variable: 'TEMPORAL_NAMESPACE', schema: z.string(), description: 'Its namespace.', default: 'default' },
});
const provider = defineSettings('Provider', {
  apiKey: { variable: 'PROVIDER_API_KEY', schema: z.string().min(8), description: 'The key that pays.', secret: true },
  baseUrl: { variable: 'PROVIDER_BASE_URL', schema: urlFromText(), description: 'Where the API is.' },
  port: { variable: 'PROVIDER_PORT', schema: portFromText, description: 'Its port.', presence: 'optional' },
});
const server = defineSettings('Server', {
  requireKey: { variable: 'REQUIRE_API_KEY', schema: booleanFromText, description: 'Keys needed.', default: 'false' },
  enabled: {
    variable: 'ENABLED_INTEGRATIONS',
    schema: listFromText,
    description: 'Which integrations are on.',
    presence: 'required-in-production',
  },
  publicUrl: {
    variable: 'PUBLIC_BASE_URL',
    schema: urlFromText(),
    description: 'How clients reach us.',
    default: 'http://127.0.0.1:3000',
    presence: 'required-in-production',
  },
});

function faultsOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (isConfigurationError(error)) return error.message;
    throw error;
  }
  throw new Error('nothing was wrong with the settings');
}

describe('loading settings', () => {
  test('gives every group its values under their own names, parsed', () => {
    const settings = loadSettings(
      { temporal, server },
      { TEMPORAL_HOST: ' temporal:7233 ', REQUIRE_API_KEY: 'TRUE', ENABLED_INTEGRATIONS: 'one, two,' },
    );

    const requireKey: boolean = settings.server.requireKey;
    const enabled: string[] | undefined = settings.server.enabled;
    const namespace: string = settings.temporal.namespace;
    // @ts-expect-error what production alone requires may be absent elsewhere
    const alwaysEnabled: string[] = settings.server.enabled;
    expect({ requireKey, enabled, namespace }).toEqual({
      requireKey: true,
      enabled: ['one', 'two'],
      namespace: 'default',
    });
    expect(alwaysEnabled).toBe(enabled);
    expect(settings.temporal.address).toBe('temporal:7233');
  });

  test('lists every fault of every group at once, with the way out', () => {
    const message = faultsOf(() =>
      loadSettings({ temporal, provider }, { PROVIDER_BASE_URL: 'not a url', PROVIDER_PORT: '70000' }),
    );

    expect(message).toContain('4 faults');
    expect(message).toContain('TEMPORAL_HOST is not set. Where Temporal is. For example TEMPORAL_HOST=127.0.0.1:7233');
    expect(message).toContain('PROVIDER_API_KEY is not set');
    expect(message).toContain('PROVIDER_BASE_URL is not valid: expected a URL that starts with http:// or https://');
    expect(message).toContain('PROVIDER_PORT is not valid: expected a whole number from 0 to 65535');
    expect(message).toContain('.env');
  });

  test('never prints a value, not even where a schema repeats it', () => {
    const talkative = defineSettings('Talkative', {
      key: {
        variable: 'TALKATIVE_KEY',
        schema: z.string().refine((text) => text === '', { error: (issue) => `"${String(issue.input)}" is wrong` }),
        description: 'A key.',
        secret: true,
      },
    });

    const message = faultsOf(() =>
      loadSettings(
        { talkative, provider },
        { TALKATIVE_KEY: 'sk-live-1', PROVIDER_API_KEY: 'hunter2', PROVIDER_BASE_URL: 'ftp://hidden.example' },
      ),
    );

    expect(message).not.toMatch(/sk-live-1|hunter2|hidden/);
    expect(message).toContain('TALKATIVE_KEY is not valid');
  });

  test('reads an alias where the first name is not set', () => {
    expect(loadSettings({ temporal }, { TEMPORAL_ADDRESS: 'other:7233' }).temporal.address).toBe('other:7233');
  });

  test('refuses two names of one setting that disagree, and takes them where they agree', () => {
    expect(faultsOf(() => loadSettings({ temporal }, { TEMPORAL_HOST: 'a:1', TEMPORAL_ADDRESS: 'b:1' }))).toContain(
      'TEMPORAL_HOST and TEMPORAL_ADDRESS are set to different values',
    );
    expect(loadSettings({ temporal }, { TEMPORAL_HOST: 'a:1', TEMPORAL_ADDRESS: 'a:1' }).temporal.address).toBe('a:1');
  });

  test('takes an empty variable for one that is not set', () => {
    expect(loadSettings({ temporal }, { TEMPORAL_HOST: 'a:1', TEMPORAL_NAMESPACE: ' ' }).temporal.namespace).toBe(
      'default',
    );
  });

  test('takes an empty variable for an empty value where the setting says so', () => {
    const collection = defineSettings('Collection', {
      denyList: {
        variable: 'DENY',
        schema: listFromText,
        description: 'What is left out.',
        default: 'example',
        allowEmpty: true,
      },
    });

    expect(loadSettings({ collection }, { DENY: '' }).collection.denyList).toEqual([]);
    expect(loadSettings({ collection }, {}).collection.denyList).toEqual(['example']);
  });

  test('asks in production for what has a default only elsewhere', () => {
    const message = faultsOf(() => loadSettings({ server }, { NODE_ENV: 'production' }));

    expect(message).toContain('ENABLED_INTEGRATIONS is not set, and production has no default for it');
    expect(message).toContain('PUBLIC_BASE_URL is not set');
    expect(message).not.toContain('REQUIRE_API_KEY');
    expect(loadSettings({ server }, {}).server.publicUrl).toBe('http://127.0.0.1:3000');
  });

  test.each([
    'changeme',
    'your-api-key',
    'YOUR_API_KEY_HERE',
    '<api key>',
    'xxxx',
    'sk-xxxxxxxx',
    'replace_me',
    'TODO',
  ])('refuses the placeholder %s where a value is required or secret', (placeholder) => {
    const message = faultsOf(() =>
      loadSettings({ provider }, { PROVIDER_API_KEY: placeholder, PROVIDER_BASE_URL: 'https://api.example.com' }),
    );

    expect(message).toContain('PROVIDER_API_KEY still holds a placeholder');
  });

  test.each(['AIzaSyExampleLooksReal1234', 'darkroom-development', 'nanobanana2,example', 'http://127.0.0.1:3900'])(
    'takes the ordinary value %s',
    (value) => {
      const anything = defineSettings('Anything', {
        value: { variable: 'VALUE', schema: z.string(), description: 'Anything.', secret: true },
      });

      expect(loadSettings({ anything }, { VALUE: value }).anything.value).toBe(value);
    },
  );

  test('reports a variable that two groups share only once', () => {
    expect(readSettings({ temporal, again: temporal }, {})).toMatchObject({
      status: 'faulty',
      faults: [{ variable: 'TEMPORAL_HOST' }],
    });
  });

  test('lets a process add faults of its own to the list', () => {
    const error = new ConfigurationError([
      { variable: 'MOCK_EXTERNAL_APIS', problem: 'is true in production', remedy: 'Unset it.' },
    ]);

    expect(isConfigurationError(error)).toBe(true);
    expect(error.message).toContain('one fault:\n  - MOCK_EXTERNAL_APIS is true in production. Unset it.');
  });
});

describe('the schemas for texts', () => {
  test.each([
    ['true', true],
    ['False', false],
    ['1', true],
    ['0', false],
  ])('read the boolean %s', (text, value) => {
    expect(booleanFromText.parse(text)).toBe(value);
  });

  test.each(['yes', 'on', '2'])('refuse the boolean %s', (text) => {
    expect(booleanFromText.safeParse(text).error?.issues[0]?.message).toBe('expected true, false, 1 or 0');
  });

  test.each(['1.5', '1e3', '0x10', '-1', '11', 'ten', '99999999999999999999'])('refuse the number %s', (text) => {
    expect(integerFromText({ minimum: 0, maximum: 10 }).safeParse(text).success).toBe(false);
  });

  test('keep a URL as it was written, without the slash at its end', () => {
    expect(urlFromText().parse('https://api.example.com/v1/')).toBe('https://api.example.com/v1');
    expect(urlFromText({ protocols: ['postgres:'] }).safeParse('https://x.example').success).toBe(false);
  });
});
