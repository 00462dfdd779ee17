import type { SettingsOf } from '@darkroom/integration-sdk';
import { z } from 'zod';

export const settings = {
  apiKey: {
    variable: 'SEEDREAM_EXTERNAL_API_KEY',
    schema: z.string().trim().min(1, 'must not be empty'),
    description: 'API key of Volcengine Ark.',
    example: 'a-key-from-the-ark-console',
    secret: true,
  },
  baseUrl: {
    variable: 'SEEDREAM_EXTERNAL_BASE_URL',
    schema: z
      .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
      .transform((url) => url.replace(/\/+$/, '')),
    description: "Address of Ark's API, version included: what stands before `/images/generations`.",
    example: 'https://ark.cn-beijing.volces.com/api/v3',
  },
  model: {
    variable: 'SEEDREAM_EXTERNAL_MODEL',
    schema: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:/-]*$/, 'must be a model name'),
    description: 'The model by its name, or an inference endpoint (`ep-…`).',
    example: 'doubao-seedream-4-0-250828',
  },
} as const;

export type Settings = SettingsOf<typeof settings>;
