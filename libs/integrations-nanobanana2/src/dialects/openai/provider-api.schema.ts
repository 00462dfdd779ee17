import { z } from 'zod';

const text = z.string().nullish().catch(undefined);

/** An address, or the file itself as a data URI. */
const imageUrlSchema = z.union([z.string(), z.object({ url: z.string() }).transform(({ url }) => url)]);

/** Here and below what is odd is left out: an image beside it is paid for. */
const contentPartSchema = z.object({ text, image_url: imageUrlSchema.nullish().catch(undefined) }).catch({});

const messageSchema = z.object({
  content: z
    .union([z.string(), z.array(contentPartSchema)])
    .nullish()
    .catch(undefined),
  /** Not OpenAI's: what LiteLLM and others add for image models. */
  images: z.array(contentPartSchema).nullish().catch(undefined),
  refusal: text,
});
export type Message = z.infer<typeof messageSchema>;

/** The code holds the type too: servers name the reason in either. LiteLLM gives the status as the code, as a text or a number. */
const errorSchema = z
  .object({
    message: text,
    type: text,
    code: z.union([z.string(), z.number()]).nullish().catch(undefined),
  })
  .transform(({ message, type, code }) => ({
    message: message ?? undefined,
    code: [...new Set([code, type])].filter(Boolean).join(' ') || undefined,
  }));

export const errorAnswerSchema = z.object({ error: errorSchema }).transform(({ error }) => error);

/**
 * An answer of `images/generations` or of `chat/completions`: gateways mix the two, so both are looked for in either
 * (openai-node `resources/images.ts`, LiteLLM).
 */
export const openaiAnswerSchema = z.object({
  id: text,
  model: text,
  data: z.array(z.object({ b64_json: text, url: text }).catch({})).nullish(),
  choices: z.array(z.object({ message: messageSchema.nullish(), finish_reason: text })).nullish(),
  error: errorSchema.nullish().catch(undefined),
});
export type OpenaiAnswer = z.infer<typeof openaiAnswerSchema>;
