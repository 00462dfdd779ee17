import { defineIntegration, defineOperation } from '@darkroom/integration-sdk';
import { requestsForText, requestsWithImage } from './from-request.ts';
import { imageToVideoInputSchema, textToVideoInputSchema } from './input.schema.ts';
import { videoOutputSchema } from './output.schema.ts';
import { settings } from './settings.ts';

const limits = {
  deadlineSeconds: 1800,
  maxSubmissions: 3,
  maxQueueSeconds: 24 * 60 * 60,
  whenOutcomeUnknown: 'fail',
  pollFirstSeconds: 5,
  pollIntervalSeconds: 10,
  pollWindowSeconds: 360,
  pollSlowIntervalSeconds: 30,
} as const;

const workflow = 'videoPollingWorkflow';

/** Servers that speak OpenAI's `/v1/videos`: a job that is asked until it is done. */
export const definition = defineIntegration({
  name: 'sora',
  title: 'Sora',
  description: "Video models behind OpenAI's videos API, as compatible servers speak it.",
  settings,
  simulatorSettings: (simulatorUrl) => ({
    apiKey: 'simulator',
    baseUrl: `${simulatorUrl}/openai/v1`,
    model: 'sora-2',
  }),
  operations: {
    'text-to-video': defineOperation({
      title: 'Text to video',
      description: 'Films a description, with sound.',
      delivery: 'poll',
      input: textToVideoInputSchema,
      output: videoOutputSchema,
      mediaFields: {},
      limits,
      workflow,
      fromRequest: requestsForText,
    }),
    'image-to-video': defineOperation({
      title: 'Image to video',
      description: 'Sets an image in motion.',
      delivery: 'poll',
      input: imageToVideoInputSchema,
      output: videoOutputSchema,
      mediaFields: { image: { kind: 'image', sentAs: 'inline' } },
      limits,
      workflow,
      fromRequest: requestsWithImage,
    }),
  },
});
