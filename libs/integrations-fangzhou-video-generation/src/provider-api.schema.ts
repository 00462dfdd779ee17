import { z } from 'zod';
import type { VideoDetails } from './output.schema.ts';

const text = z
  .string()
  .nullish()
  .catch(undefined)
  .transform((value) => value || undefined);
const number = z
  .number()
  .nullish()
  .catch(undefined)
  .transform((value) => value ?? undefined);
const truth = z
  .boolean()
  .nullish()
  .catch(undefined)
  .transform((value) => value ?? undefined);

const errorSchema = z.object({ code: z.union([z.number().transform(String), text]), message: text });

export const createdSchema = z.object({ id: z.string().min(1) }).transform(({ id }) => id);

/** Ark's error envelope (82379/1299023). */
export const errorAnswerSchema = z.object({ error: errorSchema }).transform(({ error }) => error);

/**
 * A task, as the query gives it (82379/1521309). A success has `error: null` by the document and none in what was measured. Only what
 * decides about the call must be as documented: a paid video is not lost for an odd seed.
 */
export const taskSchema = z.object({
  id: z.string().min(1),
  status: z.string(),
  model: text,
  content: z.object({ video_url: z.string().nullish(), last_frame_url: text }).nullish(),
  error: errorSchema.nullish().catch(undefined),
  usage: z.object({ completion_tokens: number, total_tokens: number }).nullish().catch(undefined),
  seed: number,
  resolution: text,
  ratio: text,
  service_tier: text,
  generate_audio: truth,
  draft: truth,
});
export type Task = z.infer<typeof taskSchema>;

/** The part of a callback that is read: the rest is only believed when the query says it. */
export const callbackSchema = z.object({ id: z.string().min(1), status: text });

/** What users see of a task that succeeded. */
export const detailsOfTaskSchema = taskSchema.transform(({ usage, ...task }): VideoDetails => ({
  model: task.model?.slice(0, 200),
  usage: usage ? { completionTokens: usage.completion_tokens, totalTokens: usage.total_tokens } : undefined,
  seed: task.seed,
  resolution: task.resolution?.slice(0, 200),
  ratio: task.ratio?.slice(0, 200),
  serviceTier: task.service_tier?.slice(0, 200),
  generateAudio: task.generate_audio,
  draft: task.draft,
}));

export const pageSize = 500;

/** Times are seconds since 1970. A list proves something, so what it names must be as documented. */
export const listSchema = z
  .object({ total: number, items: z.array(z.object({ id: z.string().min(1), created_at: z.number() })) })
  .transform(({ total, items }) => ({
    tasks: items.map(({ id, created_at }) => ({ externalId: id, createdAt: new Date(created_at * 1000) })),
    hasMore: items.length === pageSize,
    ...(total !== undefined && { total }),
  }));
