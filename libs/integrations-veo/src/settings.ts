import type { SettingsOf } from '@darkroom/integration-sdk';
import { z } from 'zod';

export const settings = {
  apiKey: {
    variable: 'VEO_EXTERNAL_API_KEY',
    schema: z.string().trim().min(1, 'must not be empty'),
    description: 'API key of the Gemini Developer API.',
    example: 'AIza-a-key-from-google',
    secret: true,
  },
  baseUrl: {
    variable: 'VEO_EXTERNAL_BASE_URL',
    schema: z
      .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
      .transform((url) => url.replace(/\/+$/, '')),
    description: 'Address of the Gemini Developer API, version included: what stands before `/models`.',
    example: 'https://generativelanguage.googleapis.com/v1beta',
  },
  model: {
    variable: 'VEO_EXTERNAL_MODEL',
    schema: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'must be a model name'),
    description: "The model, by Google's name for it.",
    example: 'veo-3.1-generate-preview',
  },
} as const;

export type Settings = SettingsOf<typeof settings>;
