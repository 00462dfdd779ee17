import type { SettingsOf } from '@darkroom/integration-sdk';
import { z } from 'zod';

export const settings = {
  apiKey: {
    variable: 'EXAMPLE_EXTERNAL_API_KEY',
    schema: z.string().trim().min(1, 'must not be empty'),
    description: 'API key of the example provider.',
    example: 'a-key-from-the-provider',
    secret: true,
  },
  baseUrl: {
    variable: 'EXAMPLE_EXTERNAL_BASE_URL',
    schema: z
      .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
      .transform((url) => url.replace(/\/+$/, '')),
    description: "Address of the example provider's API, version included.",
    example: 'https://api.example.com/v1',
  },
} as const;

export type Settings = SettingsOf<typeof settings>;
