import { mediaReferenceSchema } from '@darkroom/contract';
import { z } from 'zod';
import { defineIntegration, defineOperation } from '../../src/index.ts';

const key = z.string().min(1);
const limits = { deadlineSeconds: 60, maxSubmissions: 3, maxQueueSeconds: 600, whenOutcomeUnknown: 'fail' } as const;
const output = z.object({ images: z.array(z.record(z.string(), z.unknown())) });

/** The smallest integration: one operation of each kind, whose provider is a local HTTP server of the test. */
export const definition = defineIntegration({
  name: 'tiny',
  title: 'Tiny',
  description: 'For tests of the SDK.',
  settings: {
    apiKey: { variable: 'TINY_EXTERNAL_API_KEY', schema: key, description: 'Key.', example: 'key', secret: true },
    url: { variable: 'TINY_EXTERNAL_BASE_URL', schema: key, description: 'Address.', example: 'http://127.0.0.1' },
  },
  simulatorSettings: (url) => ({ apiKey: 'simulator', url }),
  callback: { settings: {}, read: () => ({ kind: 'accepted', isFinal: true }), answer: {} },
  operations: {
    draw: defineOperation({
      title: 'Draw',
      description: 'Draws an image.',
      delivery: 'call',
      input: z.strictObject({
        prompt: z.string(),
        image: mediaReferenceSchema.optional(),
        images: z.array(mediaReferenceSchema).optional(),
      }),
      output,
      mediaFields: { image: { kind: 'image', sentAs: 'inline' }, images: { kind: 'image', sentAs: 'inline' } },
      limits,
      workflow: 'drawWorkflow',
    }),
    paint: defineOperation({
      title: 'Paint',
      description: 'Paints an image, and takes its time.',
      delivery: 'callback',
      input: z.strictObject({ prompt: z.string() }),
      output,
      mediaFields: {},
      limits,
      workflow: 'paintWorkflow',
    }),
  },
});
