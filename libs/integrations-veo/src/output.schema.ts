import { outputArtifactSchema } from '@darkroom/contract';
import { z } from 'zod';

/** What Google held back, where there are videos all the same. */
export const generationDetailsSchema = z.object({
  filteredReasons: z
    .array(z.string().max(500))
    .max(10)
    .optional()
    .describe('Why further videos were made and not given out.'),
});

export const videosOutputSchema = generationDetailsSchema.extend({
  videos: z.array(outputArtifactSchema).min(1).describe('The stored videos, in the order of the answer.'),
});
export type VideosOutput = z.infer<typeof videosOutputSchema>;
