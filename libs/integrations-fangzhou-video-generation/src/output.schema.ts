import { outputArtifactSchema } from '@darkroom/contract';
import { z } from 'zod';

/** What the provider says of the task beside its files. */
export const videoDetailsSchema = z.object({
  model: z.string().max(200).optional().describe("The model, by the provider's name for it."),
  usage: z
    .object({ completionTokens: z.number().optional(), totalTokens: z.number().optional() })
    .optional()
    .describe('What the provider charges by.'),
  seed: z.number().optional(),
  resolution: z.string().max(200).optional(),
  ratio: z.string().max(200).optional(),
  serviceTier: z.string().max(200).optional(),
  generateAudio: z.boolean().optional(),
  draft: z.boolean().optional(),
});
export type VideoDetails = z.infer<typeof videoDetailsSchema>;

export const videoOutputSchema = videoDetailsSchema.extend({
  videos: z.array(outputArtifactSchema).length(1).describe('The stored video.'),
  lastFrame: outputArtifactSchema.optional().describe('Its last frame, where it was asked for.'),
});
export type VideoOutput = z.infer<typeof videoOutputSchema>;
