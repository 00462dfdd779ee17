import { z } from 'zod';
import type { SettingFault } from './configuration-error.ts';
import { booleanFromText } from './from-text.schema.ts';
import { defineSettings, type SettingsOf } from './settings-group.ts';

/** In which circumstances a process of the deployment runs. */
export const runtimeSettings = defineSettings('Runtime', {
  environment: {
    variable: 'NODE_ENV',
    schema: z.enum(['development', 'production', 'test']),
    default: 'development',
    description: 'With production, what has no safe default must be set, and the simulator is refused.',
  },
  mockExternalApis: {
    variable: 'MOCK_EXTERNAL_APIS',
    schema: booleanFromText,
    default: 'false',
    description:
      'With true, every integration talks to the provider simulator and every call says `simulated: true`; refused in production.',
  },
});

/** What is wrong with the circumstances although each setting is right by itself. */
export function runtimeFaults({ environment, mockExternalApis }: SettingsOf<typeof runtimeSettings>): SettingFault[] {
  if (environment !== 'production' || !mockExternalApis) return [];
  const remedy = 'Unset it: in production calls go to the real providers.';
  return [{ variable: 'MOCK_EXTERNAL_APIS', problem: 'is refused in production', remedy }];
}
