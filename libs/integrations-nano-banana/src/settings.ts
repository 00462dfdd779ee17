import type { SettingsOf } from '@darkroom/integration-sdk';
import { z } from 'zod';

export const settings = {
  apiUrl: {
    variable: 'NANO_BANANA_API_URL',
    schema: z
      .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
      .transform((url) => url.replace(/\/+$/, '')),
    description: 'Address of kie.ai: what stands before `/api/v1/jobs`.',
    example: 'https://api.kie.ai',
  },
  apiKey: {
    variable: 'NANO_BANANA_API_KEY',
    schema: z.string().trim().min(1, 'must not be empty'),
    description: 'API key of kie.ai.',
    example: 'a-key-from-kie-ai',
    secret: true,
  },
} as const;

export type Settings = SettingsOf<typeof settings>;

/** What `main` reads to verify callbacks. */
export const callbackSettings = {
  hmacKey: {
    variable: 'NANO_BANANA_WEBHOOK_HMAC_KEY',
    schema: z.string().trim().min(1, 'must not be empty').optional(),
    description:
      'The `webhookHmacKey` of kie.ai, where one was generated in its settings: then callbacks without a right signature are refused.',
    example: 'a-webhook-key-from-kie-ai',
    secret: true,
    optional: true,
  },
} as const;
