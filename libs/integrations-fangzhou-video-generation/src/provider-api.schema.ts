import { z } from 'zod';
import type { VideoDetails } from './output.schema.ts';

const textOrNothing = z
  .string()
  .nullish()
  .transform((text) => text || undefined);

const errorSchema = z.object({ code: textOrNothing, message: textOrNothing });

export const createdSchema = z.object({ id: z.string().min(1) });

/** Ark's error envelope (82379/1299023). */
export const errorAnswerSchema = z.object({ error: errorSchema });

/** A task, as the query and callbacks give it (82379/1521309). A success has `error: null` by the document and none in what was measured. */
export const taskSchema = z.object({
  id: z.string().min(1),
  status: z.string(),
  model: z.string().nullish(),
  content: z.object({ video_url: z.string().nullish(), last_frame_url: z.string().nullish() }).nullish(),
  error: errorSchema.nullish(),
  usage: z.object({ completion_tokens: z.number().nullish(), total_tokens: z.number().nullish() }).nullish(),
  seed: z.number().nullish(),
  resolution: z.string().nullish(),
  ratio: z.string().nullish(),
  service_tier: z.string().nullish(),
  generate_audio: z.boolean().nullish(),
  draft: z.boolean().nullish(),
});
export type Task = z.infer<typeof taskSchema>;

/** What users see of a task that succeeded. */
export const detailsOfTaskSchema = taskSchema.transform(({ usage, ...task }): VideoDetails => ({
  model: task.model?.slice(0, 200),
  usage: usage
    ? { completionTokens: usage.completion_tokens ?? undefined, totalTokens: usage.total_tokens ?? undefined }
    : undefined,
  seed: task.seed ?? undefined,
  resolution: task.resolution?.slice(0, 200),
  ratio: task.ratio?.slice(0, 200),
  serviceTier: task.service_tier?.slice(0, 200),
  generateAudio: task.generate_audio ?? undefined,
  draft: task.draft ?? undefined,
}));

/** Times are seconds since 1970. */
export const listSchema = z.object({ items: z.array(z.object({ id: z.string().min(1), created_at: z.number() })) });
