import { z } from 'zod';

const contentItemSchema = z.union([
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('image_url'), image_url: z.union([z.string(), z.object({ url: z.string() })]) }),
]);

/** The part of a chat completion's body that matters here; `imageConfig` passes through to Vertex. */
export const litellmRequestSchema = z.object({
  model: z.string(),
  messages: z.array(z.object({ role: z.string(), content: z.union([z.string(), z.array(contentItemSchema)]) })).min(1),
  imageConfig: z.object({ aspectRatio: z.string().optional(), imageSize: z.string().optional() }).optional(),
});
