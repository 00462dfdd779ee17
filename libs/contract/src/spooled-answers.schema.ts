import { z } from 'zod';

/**
 * `GET /internal/spool?ended=true`: answers that wait in the spool of `main` though their call has ended, the oldest first. Nobody
 * comes for them, so workers look.
 */
export const spooledAnswersSchema = z.object({
  items: z
    .array(z.object({ callId: z.string(), attempt: z.int().positive(), integration: z.string() }))
    .max(100)
    .describe('At most a hundred; the others follow when these are dealt with.'),
});
export type SpooledAnswers = z.infer<typeof spooledAnswersSchema>;
