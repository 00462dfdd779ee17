import { z } from 'zod';

/** The body of `images/generations`. `image` is what resellers add for edits: data URIs. */
export const openaiRequestSchema = z.object({
  model: z.string(),
  prompt: z.string().min(1),
  n: z.coerce.number().int().min(1).max(10).default(1),
  size: z.string().default('1024x1024'),
  response_format: z.enum(['url', 'b64_json']).optional(),
  image: z.union([z.string(), z.array(z.string())]).optional(),
});

export type OpenaiRequest = z.output<typeof openaiRequestSchema>;
