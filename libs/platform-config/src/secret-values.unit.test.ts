import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { secretValues } from './secret-values.ts';
import { defineSettings } from './settings-group.ts';

const access = defineSettings('Access', {
  keys: { variable: 'API_KEYS', schema: z.string(), description: 'Keys.', secret: true },
  database: {
    variable: 'DATABASE_URL',
    aliases: ['PG_URL'],
    schema: z.string(),
    description: 'Database.',
    secret: true,
  },
  host: { variable: 'HOST', schema: z.string(), description: 'Host.' },
});

test('finds the secrets inside lists and URLs, and leaves public settings out', () => {
  const secrets = secretValues(
    { access },
    { API_KEYS: 'acme:key-one, default:key-two', PG_URL: 'postgres://me:p%40ss@db/darkroom', HOST: 'public.example' },
  );

  expect(secrets).toEqual(
    expect.arrayContaining(['key-one', 'key-two', 'postgres://me:p%40ss@db/darkroom', ':p%40ss@', ':p@ss@']),
  );
  expect(secrets).not.toContain('public.example');
  expect(secrets).not.toContain('darkroom');
});
