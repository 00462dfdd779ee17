import { z } from 'zod';

const imageSchema = z.object({ bytesBase64Encoded: z.base64(), mimeType: z.string().startsWith('image/') });

const instanceSchema = z.object({
  prompt: z.string().min(1),
  image: imageSchema.optional(),
  lastFrame: imageSchema.optional(),
  referenceImages: z
    .array(z.object({ image: imageSchema, referenceType: z.string().optional() }))
    .max(3)
    .default([]),
});

// Strict: the Developer API refuses what only Vertex AI knows (seed, fps, generateAudio, storage locations and others).
const parametersSchema = z.strictObject({
  aspectRatio: z.enum(['16:9', '9:16']).default('16:9'),
  resolution: z.enum(['720p', '1080p', '4k']).default('720p'),
  durationSeconds: z.union([z.literal(4), z.literal(5), z.literal(6), z.literal(8)]).default(8),
  negativePrompt: z.string().optional(),
  personGeneration: z.enum(['allow_all', 'allow_adult', 'dont_allow']).optional(),
  sampleCount: z.int().min(1).max(4).default(1),
  enhancePrompt: z.boolean().optional(),
});

/** The body of `models/{model}:predictLongRunning`. */
export const veoRequestSchema = z.object({
  instances: z.tuple([instanceSchema]),
  parameters: parametersSchema.prefault({}),
});

export type VeoRequest = z.output<typeof veoRequestSchema>;
