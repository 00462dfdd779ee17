import { z } from 'zod';

/** The header `Idempotency-Key` of a request that makes a call. */
export const idempotencyKeySchema = z
  .string()
  .min(1)
  .max(255)
  .optional()
  .describe('The same key with the same body answers the same call.');
