import { outputArtifactSchema } from '@darkroom/contract';
import { z } from 'zod';

/** What the provider said beside the images. */
export const imageDetailsSchema = z.object({
  model: z.string().max(200).optional().describe("The model, by the provider's name for it."),
  usage: z
    .object({ generatedImages: z.number().optional(), totalTokens: z.number().optional() })
    .optional()
    .describe('What the provider charges by.'),
  failures: z
    .array(
      z.object({
        position: z
          .int()
          .min(0)
          .optional()
          .describe('The place in the group, from 0; absent where the whole group was stopped.'),
        code: z.string().max(200).optional(),
        message: z.string().max(500).optional(),
      }),
    )
    .max(16)
    .describe('Images of the group that the provider did not make, in its own words; they are not charged.'),
});
export type ImageDetails = z.infer<typeof imageDetailsSchema>;

export const imagesOutputSchema = imageDetailsSchema.extend({
  images: z.array(outputArtifactSchema).min(1).describe('The stored images, in the order of the answer.'),
});
export type ImagesOutput = z.infer<typeof imagesOutputSchema>;
