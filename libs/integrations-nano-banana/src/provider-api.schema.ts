import { z } from 'zod';

const text = z
  .string()
  .nullish()
  .catch(undefined)
  .transform((value) => value ?? undefined);

/** kie.ai's envelope. Its status is `code`, whatever the HTTP status says; older pages call `msg` `message`. */
const envelopeSchema = z.object({
  code: z.union([z.int(), z.string().regex(/^\d+$/)]).transform(String),
  msg: text,
  message: text,
});

export const errorAnswerSchema = envelopeSchema.transform(({ code, msg, message }) => ({
  code,
  message: msg ?? message,
}));

/** The answer to `createTask`: HTTP 200 also holds errors. */
export const createdSchema = envelopeSchema
  .extend({ data: z.object({ taskId: z.string().min(1) }) })
  .refine(({ code }) => code === '200')
  .transform(({ data }) => data.taskId);

/**
 * A task, in the answer to a query and in a callback. `costTime` is milliseconds in one and seconds in the other by the vendor's own
 * pages, so it is not read. `failCode` is a number in a string.
 */
const taskSchema = z.object({
  state: z.string(),
  model: text,
  resultJson: z.unknown().optional(),
  failCode: z
    .union([z.string(), z.number().transform(String)])
    .optional()
    .catch(undefined),
  failMsg: text,
});
export type Task = z.infer<typeof taskSchema>;

/** The answer to `recordInfo`. */
export const taskAnswerSchema = envelopeSchema.extend({ data: taskSchema }).transform(({ data }) => data);

const isAddress = (url: unknown): url is string => typeof url === 'string' && url !== '';

/** What `resultJson` holds, once it is read from its string. What is no address is left out; an empty list says that there is no image. */
export const resultSchema = z.object({
  resultUrls: z
    .array(z.unknown())
    .refine((urls) => urls.length === 0 || urls.some(isAddress))
    .transform((urls) => urls.filter(isAddress)),
});

const idOrNothing = z.string().min(1).optional().catch(undefined);

/** A callback names its task `taskId`; the vendor's sample of a verification reads `task_id`. */
export const callbackSchema = z.object({
  data: z.object({ taskId: idOrNothing, task_id: idOrNothing, state: text }),
});
