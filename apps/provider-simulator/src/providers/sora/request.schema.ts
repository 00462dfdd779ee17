import { z } from 'zod';

/** The fields of `POST /videos`, as a form or as JSON; the form's file of that name is read beside it. */
export const soraRequestSchema = z.object({
  prompt: z.string().min(1),
  model: z.string().default('sora-2'),
  seconds: z.enum(['4', '8', '12']).default('4'),
  size: z.enum(['720x1280', '1280x720', '1024x1792', '1792x1024']).default('720x1280'),
  input_reference: z.object({ image_url: z.string() }).optional(),
});
