import type { SettingsOf } from '@darkroom/integration-sdk';
import { z } from 'zod';

export const settings = {
  apiKey: {
    variable: 'SORA_EXTERNAL_API_KEY',
    schema: z.string().trim().min(1, 'must not be empty'),
    description: 'API key of the server.',
    example: 'sk-a-key-from-the-provider',
    secret: true,
  },
  baseUrl: {
    variable: 'SORA_EXTERNAL_BASE_URL',
    schema: z
      .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
      .transform((url) => url.replace(/\/+$/, '')),
    description: "Address of a server that speaks OpenAI's videos API, version included: what stands before `/videos`.",
    example: 'https://gateway.example/v1',
  },
  model: {
    variable: 'SORA_EXTERNAL_MODEL',
    schema: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:/-]*$/, 'must be a model name'),
    description: "The model, by the server's name for it.",
    example: 'sora-2',
  },
} as const;

export type Settings = SettingsOf<typeof settings>;
