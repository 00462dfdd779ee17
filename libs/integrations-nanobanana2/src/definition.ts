import { defineIntegration, defineOperation } from '@darkroom/integration-sdk';
import { requestsForText, requestsWithImages } from './from-request.ts';
import { imageToImageInputSchema, textToImageInputSchema } from './input.schema.ts';
import { imagesOutputSchema } from './output.schema.ts';
import { settings } from './settings.ts';
import { simulatorSettings } from './simulator-settings.ts';

const limits = {
  deadlineSeconds: 600,
  maxSubmissions: 3,
  maxQueueSeconds: 24 * 60 * 60,
  whenOutcomeUnknown: 'resubmit',
} as const;

const workflow = 'imageGenerationWorkflow';

/** The "nano banana 2" image models: one slow synchronous request, in one of three dialects. */
export const definition = defineIntegration({
  name: 'nanobanana2',
  title: 'Nano Banana 2',
  description:
    "Google's image models of the nano banana family, directly or through a gateway that speaks an OpenAI dialect.",
  taskQueue: 'nanobanana2-image-tasks',
  settings,
  simulatorSettings,
  operations: {
    'text-to-image': defineOperation({
      title: 'Text to image',
      description: 'Draws an image from a description.',
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
