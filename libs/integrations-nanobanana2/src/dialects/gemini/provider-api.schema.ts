import { z } from 'zod';

const partSchema = z.object({
  text: z.string().nullish(),
  /** An interim image or text of a model that thinks first. */
  thought: z.boolean().nullish(),
  inlineData: z.object({ data: z.string() }).nullish(),
});

const candidateSchema = z.object({
  content: z.object({ parts: z.array(partSchema).nullish() }).nullish(),
  finishReason: z.string().nullish(),
  finishMessage: z.string().nullish(),
});
export type Candidate = z.infer<typeof candidateSchema>;

/** The part of `generateContent`'s answer that matters here (googleapis/js-genai, `types.ts`). */
export const generateContentSchema = z.object({
  candidates: z.array(candidateSchema).nullish(),
  promptFeedback: z.object({ blockReason: z.string().nullish() }).nullish(),
  modelVersion: z.string().nullish(),
  responseId: z.string().nullish(),
});

const detailSchema = z.object({
  reason: z.string().optional().catch(undefined),
  retryDelay: z.string().optional().catch(undefined),
  violations: z
    .array(z.object({ quotaId: z.string().optional() }))
    .optional()
    .catch(undefined),
});

/** The error envelope of Google's APIs; `details` may be absent. */
export const googleErrorSchema = z.object({
  error: z.object({
    status: z.string().optional(),
    message: z.string().optional(),
    details: z.array(detailSchema).optional().catch(undefined),
  }),
});
export type GoogleError = z.infer<typeof googleErrorSchema>['error'];
