import { z } from 'zod';

export const inputSchema = z.strictObject({
  prompt: z
    .string()
    .max(2000)
    .refine((text) => text.trim() !== '', 'must not be empty')
    .describe('What the image is to show.'),
  size: z.enum(['512x512', '1024x1024']).optional().describe('Width and height in pixels; 512x512 where it is absent.'),
});
export type Input = z.infer<typeof inputSchema>;
