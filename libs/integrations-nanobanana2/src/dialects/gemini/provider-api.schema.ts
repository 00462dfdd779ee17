import { z } from 'zod';

const text = z.string().nullish().catch(undefined);

/** What is odd is left out: an image beside it is paid for. */
const partSchema = z.object({
  text,
  /** An interim image or text of a model that thinks first. */
  thought: z.boolean().nullish().catch(undefined),
  inlineData: z.object({ data: z.string() }).nullish().catch(undefined),
});

const candidateSchema = z.object({
  content: z.object({ parts: z.array(partSchema.catch({})).nullish().catch(undefined) }).nullish(),
  finishReason: text,
  finishMessage: text,
});
export type Candidate = z.infer<typeof candidateSchema>;

/** The part of `generateContent`'s answer that matters here (googleapis/js-genai, `types.ts`). */
export const generateContentSchema = z.object({
  candidates: z.array(candidateSchema).nullish(),
  promptFeedback: z.object({ blockReason: text }).nullish().catch(undefined),
  modelVersion: text,
  responseId: text,
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
