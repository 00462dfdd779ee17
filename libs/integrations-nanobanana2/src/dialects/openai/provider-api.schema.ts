import { z } from 'zod';

/** An address, or the file itself as a data URI. */
const imageUrlSchema = z.union([z.string(), z.object({ url: z.string() }).transform(({ url }) => url)]);

const contentPartSchema = z.object({ text: z.string().nullish(), image_url: imageUrlSchema.nullish() });

const messageSchema = z.object({
  content: z.union([z.string(), z.array(contentPartSchema)]).nullish(),
  /** Not OpenAI's: what LiteLLM and others add for image models. */
  images: z.array(z.object({ image_url: imageUrlSchema.nullish() })).nullish(),
  refusal: z.string().nullish(),
});
export type Message = z.infer<typeof messageSchema>;

const errorSchema = z.object({
  message: z.string().nullish(),
  type: z.string().nullish(),
  /** LiteLLM gives the status here, as a text or a number. */
  code: z.union([z.string(), z.number()]).nullish(),
});
export type OpenaiError = z.infer<typeof errorSchema>;

export const openaiErrorSchema = z.object({ error: errorSchema });

/**
 * An answer of `images/generations` or of `chat/completions`: gateways mix the two, so both are looked for in either
 * (openai-node `resources/images.ts`, LiteLLM).
 */
export const openaiAnswerSchema = z.object({
  id: z.string().nullish(),
  model: z.string().nullish(),
  data: z.array(z.object({ b64_json: z.string().nullish(), url: z.string().nullish() })).nullish(),
  choices: z.array(z.object({ message: messageSchema.nullish(), finish_reason: z.string().nullish() })).nullish(),
  error: errorSchema.nullish(),
});
export type OpenaiAnswer = z.infer<typeof openaiAnswerSchema>;
