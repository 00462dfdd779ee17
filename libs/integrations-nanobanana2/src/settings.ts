import type { SettingsOf } from '@darkroom/integration-sdk';
import { z } from 'zod';

/** The wire formats that gateways to these models speak. */
export const dialects = ['gemini', 'images', 'chat'] as const;
export type Dialect = (typeof dialects)[number];

export const settings = {
  apiKey: {
    variable: 'NANOBANANA2_EXTERNAL_API_KEY',
    schema: z.string().trim().min(1, 'must not be empty'),
    description: 'API key of the provider.',
    example: 'AIza-a-key-from-the-provider',
    secret: true,
  },
  baseUrl: {
    variable: 'NANOBANANA2_EXTERNAL_BASE_URL',
    schema: z
      .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
      .transform((url) => url.replace(/\/+$/, '')),
    description: "Address of the provider's API, version included: what stands before `/models`, `/images` or `/chat`.",
    example: 'https://generativelanguage.googleapis.com/v1beta',
  },
  model: {
    variable: 'NANOBANANA2_EXTERNAL_MODEL',
    schema: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:/-]*$/, 'must be a model name'),
    description: "The model, by the provider's name for it.",
    example: 'gemini-3.1-flash-image',
  },
  dialect: {
    variable: 'NANOBANANA2_EXTERNAL_DIALECT',
    schema: z.enum(dialects),
    description:
      "Wire format: `gemini` (Gemini's generateContent), `images` (OpenAI's images API) or `chat` (OpenAI's chat completions, as LiteLLM speaks them).",
    example: 'gemini',
  },
} as const;

export type Settings = SettingsOf<typeof settings>;
