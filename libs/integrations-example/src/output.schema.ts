import { outputArtifactSchema } from '@darkroom/contract';
import { z } from 'zod';

export const outputSchema = z.object({
  images: z.array(outputArtifactSchema).length(1).describe('The stored image.'),
});
export type Output = z.infer<typeof outputSchema>;
