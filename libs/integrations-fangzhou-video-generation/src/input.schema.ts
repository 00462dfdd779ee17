import { mediaReferenceSchema } from '@darkroom/contract';
import { z } from 'zod';

const prompt = z.string().max(10_000);

/** What both operations take; the defaults are the provider's own. */
const generation = {
  resolution: z.enum(['480p', '720p', '1080p']).optional().describe('Height class; the model has its own default.'),
  ratio: z
    .enum(['16:9', '4:3', '1:1', '3:4', '9:16', '21:9', 'adaptive'])
    .optional()
    .describe('Width to height; `adaptive` follows the first frame or the prompt.'),
  duration: z.int().min(1).max(60).optional().describe('Seconds; each model has its own range. Not with `frames`.'),
  frames: z
    .int()
    .min(29)
    .max(289)
    .refine((frames) => (frames - 25) % 4 === 0, 'must be 25 + 4n')
    .optional()
    .describe('Length in frames, 25 + 4n, instead of `duration`. Seedance 1.0 only.'),
  seed: z
    .int()
    .min(-1)
    .max(2 ** 32 - 1)
    .optional()
    .describe('The same seed gives a similar video; -1 is a random one.'),
  cameraFixed: z.boolean().optional().describe('Asks the model not to move the camera.'),
  watermark: z.boolean().optional().describe("Puts the provider's watermark on the video; off where it is absent."),
  generateAudio: z.boolean().optional().describe('With sound, on where it is absent. Not by Seedance 1.0.'),
  draft: z.boolean().optional().describe('A cheap preview, for models that make one.'),
  returnLastFrame: z.boolean().optional().describe('Stores the last frame too, as an image.'),
  serviceTier: z.enum(['default', 'flex']).optional().describe('`flex` is cheaper, and may wait for hours.'),
  executionExpiresAfter: z
    .int()
    .min(3600)
    .max(259_200)
    .optional()
    .describe('Seconds after which the provider gives an unfinished task up; 172800 where it is absent.'),
  priority: z.int().min(0).max(9).optional().describe("Place in the provider's queue: higher is sooner."),
  safetyIdentifier: z.string().min(1).max(64).optional().describe('A hash that stands for your end user.'),
  webSearch: z.boolean().optional().describe('Lets the model search the web, for models that do.'),
};

const oneLength = {
  allowed: ({ duration, frames }: { duration?: unknown; frames?: unknown }) =>
    duration === undefined || frames === undefined,
  fault: { path: ['frames'], error: 'cannot be given together with duration' },
};

export const textToVideoInputSchema = z
  .strictObject({
    prompt: prompt.refine((text) => text.trim() !== '', 'must not be empty').describe('What the video is to show.'),
    ...generation,
  })
  .refine(oneLength.allowed, oneLength.fault);
export type TextToVideoInput = z.infer<typeof textToVideoInputSchema>;

export const imageToVideoInputSchema = z
  .strictObject({
    prompt: prompt.optional().describe('What is to happen in the video.'),
    firstFrame: mediaReferenceSchema.optional().describe('The image that the video begins with.'),
    lastFrame: mediaReferenceSchema.optional().describe('The image that it ends with; needs `firstFrame`.'),
    references: z
      .array(mediaReferenceSchema)
      .min(1)
      .max(9)
      .optional()
      .describe('Images of what is to appear in it; not together with frames. Models differ in how many they take.'),
    referenceVideos: z
      .array(mediaReferenceSchema)
      .min(1)
      .max(10)
      .optional()
      .describe('Videos to take motion or style from; not together with frames. Only models that say so take them.'),
    ...generation,
  })
  .refine(oneLength.allowed, oneLength.fault)
  .refine(({ firstFrame, references, referenceVideos }) => firstFrame ?? references ?? referenceVideos, {
    path: ['firstFrame'],
    error: 'must be given, or references or referenceVideos instead',
  })
  .refine(({ firstFrame, lastFrame }) => lastFrame === undefined || firstFrame !== undefined, {
    path: ['lastFrame'],
    error: 'needs firstFrame',
  })
  .refine(({ firstFrame, references }) => firstFrame === undefined || references === undefined, {
    path: ['references'],
    error: 'cannot be given together with frames',
  })
  .refine(({ firstFrame, referenceVideos }) => firstFrame === undefined || referenceVideos === undefined, {
    path: ['referenceVideos'],
    error: 'cannot be given together with frames',
  });
export type ImageToVideoInput = z.infer<typeof imageToVideoInputSchema>;

export type VideoInput = TextToVideoInput | ImageToVideoInput;
