import { z } from 'zod';

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

const errorSchema = z.object({ code: z.union([z.number().transform(String), text]), message: text });
export type ArkError = z.infer<typeof errorSchema>;

/** Ark's error envelope (82379/1299023). */
export const errorAnswerSchema = z.object({ error: errorSchema });

const errorOrNothing = errorSchema.nullish().catch(undefined);

/** An image of the group, or why there is none. */
const itemSchema = z.object({ url: text, b64_json: text, error: errorOrNothing }).catch({
  url: undefined,
  b64_json: undefined,
  error: undefined,
});

/**
 * A success (82379/1666945): items of a group, and the group itself, can fail inside it. It is paid for, so nothing but a list that is none
 * makes it unreadable: an odd item or number is left out.
 */
export const imagesAnswerSchema = z.object({
  model: text,
  data: z.array(itemSchema).nullish(),
  usage: z.object({ generated_images: number, total_tokens: number }).nullish().catch(undefined),
  error: errorOrNothing,
});
export type ImagesAnswer = z.infer<typeof imagesAnswerSchema>;
