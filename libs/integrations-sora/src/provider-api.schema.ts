import { z } from 'zod';

const text = z.string().nullish().catch(undefined);

/** The error's words, out of which servers leave one or the other. */
const errorSchema = z
  .object({
    code: z
      .union([z.string(), z.number().transform(String)])
      .nullish()
      .catch(undefined),
    type: text,
    message: text,
  })
  .transform(({ code, type, message }) => ({ code: code ?? type ?? undefined, message: message ?? undefined }));

/** A video job (openai-node, `resources/videos.ts`). What else it says is the request's. */
export const videoSchema = z.object({
  id: z.string().min(1),
  status: z.string(),
  progress: z.number().min(0).max(100).nullish().catch(undefined),
  error: errorSchema.nullish().catch(undefined),
});
export type Video = z.infer<typeof videoSchema>;

/** The answer to the creation of a video. A job that failed at once tells so when it is asked. */
export const createdSchema = videoSchema.pick({ id: true }).transform(({ id }) => id);

/** A page of the list, newest first. `created_at` is in seconds. */
export const videoListSchema = z
  .object({ data: z.array(z.object({ id: z.string(), created_at: z.number() })), has_more: z.boolean() })
  .transform(({ data, has_more: hasMore }) => ({
    tasks: data.map(({ id, created_at }) => ({ externalId: id, createdAt: new Date(created_at * 1000) })),
    hasMore,
  }));

/** The error envelope; servers that are compatible put other things beside it. */
export const errorAnswerSchema = z.object({ error: errorSchema }).transform(({ error }) => error);
