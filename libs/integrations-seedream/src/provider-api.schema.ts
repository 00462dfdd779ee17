import { z } from 'zod';

const errorSchema = z.object({ code: z.string().nullish(), message: z.string().nullish() });
export type ArkError = z.infer<typeof errorSchema>;

/** Ark's error envelope (82379/1299023). */
export const errorAnswerSchema = z.object({ error: errorSchema });

/** A success (82379/1666945): items of a group, and the group itself, can fail inside it. */
export const imagesAnswerSchema = z.object({
  model: z.string().nullish(),
  data: z
    .array(z.object({ url: z.string().nullish(), b64_json: z.string().nullish(), error: errorSchema.nullish() }))
    .nullish(),
  usage: z.object({ generated_images: z.number().nullish(), total_tokens: z.number().nullish() }).nullish(),
  error: errorSchema.nullish(),
});
export type ImagesAnswer = z.infer<typeof imagesAnswerSchema>;
