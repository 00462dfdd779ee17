import { mediaReferenceSchema } from '@darkroom/contract';
import { z } from 'zod';

const prompt = z
  .string()
  .max(20_000)
  .refine((text) => text.trim() !== '', 'must not be empty')
  .describe('What the video is to show, and what is to be heard. Models read about a thousand tokens of it.');

/** What the API takes under the same names, and nothing else. */
const parameters = {
  negativePrompt: z.string().max(20_000).optional().describe('What the video is not to show.'),
  aspectRatio: z.enum(['16:9', '9:16']).optional().describe('Width to height; 16:9 where it is absent.'),
  resolution: z
    .enum(['720p', '1080p', '4k'])
    .optional()
    .describe('720p where it is absent. Larger ones need eight seconds and a model that knows them.'),
  durationSeconds: z
    .union([z.literal(4), z.literal(6), z.literal(8)])
    .optional()
    .describe('Length of the video; eight seconds where it is absent.'),
  personGeneration: z
    .enum(['allow_all', 'allow_adult', 'dont_allow'])
    .optional()
    .describe("Which people may be shown; what is possible depends on the model and the account's region."),
  sampleCount: z
    .int()
    .min(1)
    .max(4)
    .optional()
    .describe('How many videos are made and paid for; one where it is absent. Some models make one only.'),
};

export const parametersSchema = z.object(parameters);

export const textToVideoInputSchema = z.strictObject({ prompt, ...parameters });

export const imageToVideoInputSchema = z
  .strictObject({
    prompt,
    ...parameters,
    image: mediaReferenceSchema.optional().describe('The first frame.'),
    lastFrame: mediaReferenceSchema.optional().describe('The frame to end with; only together with `image`.'),
    referenceImages: z
      .array(mediaReferenceSchema)
      .min(1)
      .max(3)
      .optional()
      .describe('People, things or places that the video is to show; not together with `image`.'),
  })
  .refine(({ image, referenceImages }) => (image === undefined) !== (referenceImages === undefined), {
    path: ['image'],
    error: 'either image or referenceImages must be given',
  })
  .refine(({ image, lastFrame }) => lastFrame === undefined || image !== undefined, {
    path: ['lastFrame'],
    error: 'needs image',
  });

/** What the two operations have in common: images come as bytes. */
export type GenerationInput = z.infer<typeof textToVideoInputSchema>;
