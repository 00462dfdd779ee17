import { outputArtifactSchema } from '@darkroom/contract';
import { z } from 'zod';

export const videoOutputSchema = z.object({
  videos: z.array(outputArtifactSchema).length(1).describe('The stored video.'),
  thumbnail: outputArtifactSchema.optional().describe("The server's own still of it."),
});
export type VideoOutput = z.infer<typeof videoOutputSchema>;
