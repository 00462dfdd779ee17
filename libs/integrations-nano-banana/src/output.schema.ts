import { outputArtifactSchema } from '@darkroom/contract';
import { z } from 'zod';

/** What the provider said beside the images. */
export const generationDetailsSchema = z.object({
  model: z.string().max(200).optional().describe('The model that answered, by its own account.'),
});

export const imagesOutputSchema = generationDetailsSchema.extend({
  images: z.array(outputArtifactSchema).min(1).describe('The stored images, in the order of the answer.'),
});
export type ImagesOutput = z.infer<typeof imagesOutputSchema>;
