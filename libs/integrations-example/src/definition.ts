import { defineIntegration, defineOperation, type SettingsOf } from '@darkroom/integration-sdk';
import { z } from 'zod';
import { inputSchema } from './input.schema.ts';
import { outputSchema } from './output.schema.ts';

const settings = {
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

/** The integration to copy: one operation, one provider that only the simulator speaks. */
export const definition = defineIntegration({
  name: 'example',
  title: 'Example',
  description: 'A provider that exists in the simulator only: the package to start a new integration from.',
  settings,
  simulatorSettings: (simulatorUrl) => ({ apiKey: 'simulator', baseUrl: `${simulatorUrl}/example/v1` }),
  operations: {
    'text-to-image': defineOperation({
      title: 'Text to image',
      description: 'Draws an image from a description.',
      delivery: 'call',
      input: inputSchema,
      output: outputSchema,
      mediaFields: {},
      limits: { deadlineSeconds: 60, maxSubmissions: 3, maxQueueSeconds: 24 * 60 * 60, whenOutcomeUnknown: 'fail' },
      workflow: 'exampleWorkflow',
    }),
  },
});
