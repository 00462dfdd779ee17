import { z } from 'zod';
import { idempotencyKeySchema } from './idempotency-key.schema.ts';

/** The headers of a request that makes a call and may wait for it. */
export const submitHeadersSchema = z.object({
  'idempotency-key': idempotencyKeySchema,
  prefer: z
    .string()
    .optional()
    .describe('`wait=N`: answers the finished call if it finishes within N seconds, 60 at most.'),
});
