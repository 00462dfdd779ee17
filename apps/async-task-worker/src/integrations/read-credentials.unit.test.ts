import { defineIntegration } from '@darkroom/integration-sdk';
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { readCredentials } from './read-credentials.ts';

const text = { schema: z.string().min(3), description: 'For tests.', example: 'example' };
const definition = defineIntegration({
  name: 'tiny',
  title: 'Tiny',
  description: 'For tests.',
  settings: {
    apiKey: { ...text, variable: 'TINY_API_KEY', secret: true },
    baseUrl: { ...text, variable: 'TINY_BASE_URL' },
    callbackKey: {
      ...text,
      variable: 'TINY_CALLBACK_KEY',
      schema: z.string().optional(),
      secret: true,
      optional: true,
    },
    size: { ...text, variable: 'TINY_SIZE', schema: z.string().default('large'), optional: true },
  },
  simulatorSettings: () => ({ apiKey: 'simulator', baseUrl: '', callbackKey: '', size: '' }),
  operations: {},
});

function credentialsOf(more: Record<string, string>) {
  const reading = readCredentials(definition, { TINY_API_KEY: 'key-one', TINY_BASE_URL: 'https://a.example', ...more });
  if (reading.status === 'faulty') throw new Error(JSON.stringify(reading.faults));
  return reading.credentials;
}

describe("an integration's credentials", () => {
  test('are one set where nothing says what was before, and what is optional has the value of its schema', () => {
    const { settings, previous, secrets } = credentialsOf({});
    expect(settings).toMatchObject({ apiKey: 'key-one', baseUrl: 'https://a.example', size: 'large' });
    expect(settings['callbackKey']).toBeUndefined();
    expect(previous).toBeUndefined();
    expect(secrets).toEqual(['key-one']);
  });

  test('of before a change have the name that they had then, and everything else as it is today', () => {
    const before = credentialsOf({});
    const now = credentialsOf({ TINY_API_KEY: 'key-two', TINY_API_KEY_PREVIOUS: 'key-one', TINY_SIZE: 'small' });
    expect(now.previous?.credentialId).toBe(before.credentialId);
    expect(now.credentialId).not.toBe(before.credentialId);
    expect(now.settings).toMatchObject({ apiKey: 'key-two', size: 'small' });
    expect(now.previous?.settings).toMatchObject({ apiKey: 'key-one', size: 'small' });
    expect(now.secrets).toEqual(expect.arrayContaining(['key-one', 'key-two']));
  });

  test('keep their name when an optional secret comes: it does not pay', () => {
    const more = credentialsOf({ TINY_CALLBACK_KEY: 'whsec-1' });
    expect(more.credentialId).toBe(credentialsOf({}).credentialId);
    expect(more.secrets).toContain('whsec-1');
  });

  test('tell no part of themselves in their name', () => {
    expect(credentialsOf({}).credentialId).toMatch(/^tiny:[0-9a-f]{12}$/);
  });

  test('of before that are no credentials are a fault that names their variable', () => {
    const environment = { TINY_API_KEY: 'key-one', TINY_BASE_URL: 'https://a.example', TINY_API_KEY_PREVIOUS: 'k' };
    expect(readCredentials(definition, environment)).toMatchObject({
      status: 'faulty',
      faults: [{ variable: 'TINY_API_KEY_PREVIOUS' }],
    });
  });
});
