import { defineIntegration, defineOperation } from '@darkroom/integration-sdk';
import { requestsForText, requestsWithImages } from './from-request.ts';
import { imageToImageInputSchema, textToImageInputSchema } from './input.schema.ts';
import { imagesOutputSchema } from './output.schema.ts';
import { settings } from './settings.ts';

const limits = {
  // Groups of 4K images were measured at 14 minutes and a half.
  deadlineSeconds: 900,
  maxSubmissions: 3,
  maxQueueSeconds: 24 * 60 * 60,
  // One submission can be fifteen images: it is not paid for twice unless the operator wants it.
  whenOutcomeUnknown: 'fail',
} as const;

const workflow = 'imageGenerationWorkflow';

/** Volcengine Ark's Seedream images: one slow synchronous request for an image or a group. */
export const definition = defineIntegration({
  name: 'seedream',
  title: 'Seedream',
  description: "Seedream image models by Volcengine Ark's API.",
  settings,
  simulatorSettings: (simulatorUrl) => ({
    apiKey: 'simulator',
    baseUrl: `${simulatorUrl}/ark/api/v3`,
    model: 'doubao-seedream-4-0-250828',
  }),
  operations: {
    'text-to-image': defineOperation({
      title: 'Text to image',
      description: 'Draws an image, or several that belong together, from a description.',
      delivery: 'call',
      input: textToImageInputSchema,
      output: imagesOutputSchema,
      mediaFields: {},
      limits,
      workflow,
      fromRequest: requestsForText,
    }),
    'image-to-image': defineOperation({
      title: 'Image to image',
      description: 'Changes or combines images as described.',
      delivery: 'call',
      input: imageToImageInputSchema,
      output: imagesOutputSchema,
      mediaFields: { images: { kind: 'image', sentAs: 'inline' } },
      limits,
      workflow,
      fromRequest: requestsWithImages,
    }),
  },
});
