import { z } from 'zod';

/** A success of `/images`: the image as base64. */
export const imageAnswerSchema = z.object({ id: z.string(), image: z.base64().optional() });

/** What `/tasks` and `/jobs` answer to a submission. */
export const createdSchema = z.object({ id: z.string().min(1) }).transform(({ id }) => id);

const errorSchema = z.object({ code: z.string(), message: z.string() });

/** A task or a job. */
export const taskSchema = z.object({
  id: z.string().min(1),
  status: z.string(),
  percent: z.number().nullish(),
  image_url: z.string().nullish(),
  error: errorSchema.nullish(),
});
export type Task = z.infer<typeof taskSchema>;

/** A page of the list, the newest first. */
export const listSchema = z
  .object({
    items: z.array(z.object({ id: z.string().min(1), created_at: z.iso.datetime() })),
    has_more: z.boolean(),
  })
  .transform(({ items, has_more: hasMore }) => ({
    tasks: items.map(({ id, created_at }) => ({ externalId: id, createdAt: new Date(created_at) })),
    hasMore,
  }));

/** An error of the example provider, whatever its status. An answer that is no such thing is not the provider's own. */
export const errorAnswerSchema = z.object({ error: errorSchema }).transform(({ error }) => error);
