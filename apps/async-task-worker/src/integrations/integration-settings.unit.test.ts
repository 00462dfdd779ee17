import { defineIntegration } from '@darkroom/integration-sdk';
import { readSettings } from '@darkroom/platform-config';
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { toSettingsGroup, withSimulator } from './integration-settings.ts';

const setting = { schema: z.string(), description: 'For tests.', example: 'example' };
const definition = defineIntegration({
  name: 'tiny',
  title: 'Tiny',
  description: 'For tests.',
  settings: {
    apiKey: { ...setting, variable: 'TINY_EXTERNAL_API_KEY', secret: true },
    baseUrl: { ...setting, variable: 'TINY_EXTERNAL_BASE_URL' },
    model: { ...setting, variable: 'TINY_EXTERNAL_MODEL' },
  },
  simulatorSettings: (url, { model }) => ({
    apiKey: 'simulator',
    baseUrl: `${url}/${model ?? 'plain'}`,
    model: 'plain',
  }),
  operations: {},
});
const simulated = (environment: Record<string, string>) =>
  withSimulator(environment, { definitions: [definition], simulatorUrl: 'http://127.0.0.1:3900' });

describe('the settings of an integration', () => {
  test('are each required, and all that is missing is listed at once', () => {
    const reading = readSettings(
      { tiny: toSettingsGroup(definition) },
      { TINY_EXTERNAL_MODEL: 'm', TINY_EXTERNAL_API_KEY: 'changeme' },
    );
    expect(reading).toMatchObject({
      status: 'faulty',
      faults: [{ variable: 'TINY_EXTERNAL_API_KEY' }, { variable: 'TINY_EXTERNAL_BASE_URL' }],
    });
  });

  test('point at the simulator where it stands in', () => {
    expect(simulated({})).toEqual({
      TINY_EXTERNAL_API_KEY: 'simulator',
      TINY_EXTERNAL_BASE_URL: 'http://127.0.0.1:3900/plain',
      TINY_EXTERNAL_MODEL: 'plain',
    });
  });

  test('never send a real key to the simulator or a simulated call to a provider; the rest may be chosen', () => {
    const real = {
      TINY_EXTERNAL_API_KEY: 'real',
      TINY_EXTERNAL_API_KEY_PREVIOUS: 'real before',
      TINY_EXTERNAL_BASE_URL: 'https://provider.example',
      TINY_EXTERNAL_MODEL: 'pro',
    };
    expect(simulated(real)).toEqual({
      TINY_EXTERNAL_API_KEY: 'simulator',
      TINY_EXTERNAL_API_KEY_PREVIOUS: '',
      TINY_EXTERNAL_BASE_URL: 'http://127.0.0.1:3900/pro',
      TINY_EXTERNAL_MODEL: 'pro',
    });
  });
});
