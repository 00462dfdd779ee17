import { defineIntegration, defineOperation } from '@darkroom/integration-sdk';
import { requestsForText, requestsWithImage } from './from-request.ts';
import { imageToVideoInputSchema, textToVideoInputSchema } from './input.schema.ts';
import { videosOutputSchema } from './output.schema.ts';
import { settings } from './settings.ts';

/** Videos take eleven seconds to six minutes. */
const limits = {
  deadlineSeconds: 1200,
  maxSubmissions: 3,
  maxQueueSeconds: 24 * 60 * 60,
  whenOutcomeUnknown: 'fail',
  pollFirstSeconds: 5,
  pollIntervalSeconds: 10,
  pollWindowSeconds: 360,
  pollSlowIntervalSeconds: 30,
} as const;

const workflow = 'videoPollingWorkflow';

/** Google's Veo models on the Gemini Developer API: a long-running operation that is asked until it is done. */
export const definition = defineIntegration({
  name: 'veo',
  title: 'Veo',
  description: "Google's video models on the Gemini Developer API.",
  settings,
  simulatorSettings: (simulatorUrl) => ({
    apiKey: 'simulator',
    baseUrl: `${simulatorUrl}/gemini/v1beta`,
    model: 'veo-3.1-generate-preview',
  }),
  operations: {
    'text-to-video': defineOperation({
      title: 'Text to video',
      description: 'Films a description, with sound.',
      delivery: 'poll',
      input: textToVideoInputSchema,
      output: videosOutputSchema,
      mediaFields: {},
      limits,
      workflow,
      fromRequest: requestsForText,
    }),
    'image-to-video': defineOperation({
      title: 'Image to video',
      description: 'Sets a first frame in motion, on the way to a last one, or films what reference images show.',
      delivery: 'poll',
      input: imageToVideoInputSchema,
      output: videosOutputSchema,
      mediaFields: {
        image: { kind: 'image', sentAs: 'inline' },
        lastFrame: { kind: 'image', sentAs: 'inline' },
        referenceImages: { kind: 'image', sentAs: 'inline' },
      },
      limits,
      workflow,
      fromRequest: requestsWithImage,
    }),
  },
});
