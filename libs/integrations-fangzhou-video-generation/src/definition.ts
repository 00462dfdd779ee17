import { defineIntegration, defineOperation } from '@darkroom/integration-sdk';
import { callback } from './callback.ts';
import { requestsForText, requestsWithImage } from './from-request.ts';
import { imageToVideoInputSchema, textToVideoInputSchema } from './input.schema.ts';
import { videoOutputSchema } from './output.schema.ts';
import { settings } from './settings.ts';

const limits = {
  // The longest that Ark itself gives a task (executionExpiresAfter), and an hour: a task that we left could still be charged.
  deadlineSeconds: 259_200 + 3600,
  maxSubmissions: 3,
  maxQueueSeconds: 24 * 60 * 60,
  whenOutcomeUnknown: 'fail',
  pollFirstSeconds: 5,
  pollIntervalSeconds: 5,
  pollWindowSeconds: 600,
  pollSlowIntervalSeconds: 60,
} as const;

/** What Ark takes of an image (82379/1520757). Its BMP and TIFF are of no use here: what users upload is PNG, JPEG or WebP. */
const image = {
  kind: 'image',
  sentAs: 'inline',
  limits: {
    contentTypes: ['image/jpeg', 'image/png', 'image/webp', 'image/gif'],
    maxBytes: 30_000_000,
    minSide: 300,
    maxSide: 6000,
    minRatio: 0.4,
    maxRatio: 2.5,
  },
} as const;

const workflow = 'videoPollingWorkflow';

/** Volcengine Ark's video tasks (Seedance): submitted, then asked for until they end. */
export const definition = defineIntegration({
  name: 'fangzhou-video-generation',
  title: 'Fangzhou video generation',
  description: "Seedance video models by Volcengine Ark's task API.",
  settings,
  simulatorSettings: (simulatorUrl) => ({
    apiKey: 'simulator',
    baseUrl: `${simulatorUrl}/ark/api/v3/contents/generations/tasks`,
    model: 'doubao-seedance-1-0-pro-250528',
  }),
  callback,
  operations: {
    'text-to-video': defineOperation({
      title: 'Text to video',
      description: 'Films a description.',
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
      description: 'Films from a first frame, between two frames, or with what reference images and videos show.',
      delivery: 'poll',
      input: imageToVideoInputSchema,
      output: videoOutputSchema,
      mediaFields: {
        firstFrame: image,
        lastFrame: image,
        references: image,
        // Ark takes no bytes of a video.
        referenceVideos: { kind: 'video', sentAs: 'url' },
      },
      limits,
      workflow,
      fromRequest: requestsWithImage,
    }),
  },
});
