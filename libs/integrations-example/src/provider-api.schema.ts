import { z } from 'zod';

/** A success of `/images`: the image as base64. */
export const imageAnswerSchema = z.object({ id: z.string(), image: z.base64().optional() });

/** What `/tasks` and `/jobs` answer to a submission. */
export const createdSchema = z.object({ id: z.string().min(1) });

const errorSchema = z.object({ code: z.string(), message: z.string() });

/** A task or a job. */
export const taskSchema = createdSchema.extend({
  status: z.string(),
  percent: z.number().nullish(),
  image_url: z.string().nullish(),
  error: errorSchema.nullish(),
});

export const listSchema = z.object({
  items: z.array(createdSchema.extend({ created_at: z.iso.datetime() })),
  has_more: z.boolean(),
});

/** An error of the example provider, whatever its status. */
export const errorAnswerSchema = z.object({ error: errorSchema });
