import { z } from 'zod';

/** The body of `images/generations` on Ark. */
export const seedreamRequestSchema = z.object({
  model: z.string(),
  prompt: z.string().min(1),
  image: z.union([z.string(), z.array(z.string()).max(10)]).default([]),
  size: z.string().default('2048x2048'),
  sequential_image_generation: z.enum(['auto', 'disabled']).default('disabled'),
  sequential_image_generation_options: z.object({ max_images: z.int().min(1).max(15).optional() }).default({}),
  response_format: z.enum(['url', 'b64_json']).default('url'),
  watermark: z.boolean().default(true),
  output_format: z.enum(['jpeg', 'png']).default('jpeg'),
  seed: z.int().optional(),
  // The simulator streams nothing.
  stream: z.literal(false, { error: 'streaming is not simulated' }).default(false),
});

export type SeedreamRequest = z.output<typeof seedreamRequestSchema>;
