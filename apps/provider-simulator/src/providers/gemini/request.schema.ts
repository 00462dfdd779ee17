import { z } from 'zod';

const inlineDataSchema = z.object({ mimeType: z.string().optional(), data: z.base64() });

const partSchema = z.object({ text: z.string().optional(), inlineData: inlineDataSchema.optional() });

/** The part of `generateContent`'s body that matters here. `imageConfig` takes nothing else on the Developer API. */
export const geminiRequestSchema = z.object({
  contents: z.array(z.object({ role: z.string().optional(), parts: z.array(partSchema).min(1) })).min(1),
  generationConfig: z
    .object({
      responseModalities: z.array(z.string()).optional(),
      imageConfig: z.strictObject({ aspectRatio: z.string().optional(), imageSize: z.string().optional() }).optional(),
    })
    .optional(),
});

export type GeminiRequest = z.output<typeof geminiRequestSchema>;
