import { outputArtifactSchema } from '@darkroom/contract';
import { z } from 'zod';

/** What the provider said beside the images. */
export const generationDetailsSchema = z.object({
  text: z.string().max(2000).optional().describe("The model's own words about the result."),
  model: z.string().max(200).optional().describe('The model that answered, by its own account.'),
});
export type GenerationDetails = z.infer<typeof generationDetailsSchema>;

export const imagesOutputSchema = generationDetailsSchema.extend({
  images: z.array(outputArtifactSchema).min(1).describe('The stored images, in the order of the answer.'),
});
export type ImagesOutput = z.infer<typeof imagesOutputSchema>;
