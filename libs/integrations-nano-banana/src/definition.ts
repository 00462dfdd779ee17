import { defineIntegration, defineOperation } from '@darkroom/integration-sdk';
import { callback } from './callback.ts';
import { requestsForText, requestsWithImages } from './from-request.ts';
import { imageToImageInputSchema, textToImageInputSchema } from './input.schema.ts';
import { imagesOutputSchema } from './output.schema.ts';
import { settings } from './settings.ts';

/** kie.ai calls back, so looks are rarer than its 2 to 10 s; beyond fifteen minutes it advises to stop. */
const limits = {
  deadlineSeconds: 900,
  maxSubmissions: 3,
  maxQueueSeconds: 24 * 60 * 60,
  whenOutcomeUnknown: 'fail',
  pollFirstSeconds: 5,
  pollIntervalSeconds: 10,
  pollWindowSeconds: 120,
  pollSlowIntervalSeconds: 30,
} as const;

const workflow = 'imageCallbackWorkflow';

/** The nano banana models of kie.ai: a task, a callback when it is done, and polling as the safety net. */
export const definition = defineIntegration({
  name: 'nano-banana',
  title: 'Nano Banana (kie.ai)',
  description: "Google's image models of the nano banana family, as kie.ai offers them.",
  settings,
  simulatorSettings: (simulatorUrl) => ({
    apiUrl: `${simulatorUrl}/kie`,
    apiKey: 'simulator',
    // Every account of the simulator has this one: callbacks are verified there too.
    hmacKey: 'simulator-webhook-key',
  }),
  callback,
  operations: {
    'text-to-image': defineOperation({
      title: 'Text to image',
      description: 'Draws an image from a description.',
      delivery: 'callback',
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
      delivery: 'callback',
      input: imageToImageInputSchema,
      output: imagesOutputSchema,
      mediaFields: { images: { kind: 'image', sentAs: 'url' } },
      limits,
      workflow,
      fromRequest: requestsWithImages,
    }),
  },
});
