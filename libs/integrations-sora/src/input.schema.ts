import { mediaReferenceSchema } from '@darkroom/contract';
import { z } from 'zod';

const generation = {
  prompt: z
    .string()
    .max(32_000)
    .refine((text) => text.trim() !== '', 'must not be empty')
    .describe('What the video is to show, and what is to be heard.'),
  seconds: z
    .union([z.literal(4), z.literal(8), z.literal(12)])
    .optional()
    .describe('Length of the video; four seconds where it is absent.'),
  size: z
    .enum(['720x1280', '1280x720', '1024x1792', '1792x1024'])
    .optional()
    .describe('Width and height in pixels; 720x1280 where it is absent. The larger ones need sora-2-pro.'),
};

export const textToVideoInputSchema = z.strictObject(generation);

export const imageToVideoInputSchema = z.strictObject({
  ...generation,
  image: mediaReferenceSchema.describe('The first frame; the original service wants it to have the size of the video.'),
});

/** What the two operations have in common: the image comes as bytes. */
export type GenerationInput = z.infer<typeof textToVideoInputSchema>;
