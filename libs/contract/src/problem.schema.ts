import { z } from 'zod';

/** An error answer by RFC 9457 (`application/problem+json`), with a stable `code` beside the `type`. */
export const problemSchema = z.object({
  type: z.url(),
  title: z.string(),
  status: z.int(),
  detail: z.string().describe('What to do next.'),
  code: z.string(),
  retryable: z.boolean(),
  errors: z
    .array(
      z.object({
        path: z.string().describe('A JSON Pointer into the request body, for instance `/input/prompt`.'),
        message: z.string(),
      }),
    )
    .optional(),
  firstSequence: z
    .int()
    .positive()
    .optional()
    .describe('With `events_removed`: the first sequence that is left. Read on with `after` one below it.'),
});
export type Problem = z.infer<typeof problemSchema>;
