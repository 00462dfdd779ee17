import { z } from 'zod';
import { callStatusSchema } from './call-status.ts';
import { operationLimitsSchema } from './operation-limits.schema.ts';
import { submissionOutcomeSchema } from './submission-claim.schema.ts';

/** `GET /internal/calls/:id`: what `main` knows of a call, for a worker that finds an answer whose fate it does not know. */
export const knownCallSchema = z.object({
  status: callStatusSchema,
  accountId: z.string(),
  integration: z.string(),
  operation: z.string(),
  input: z.record(z.string(), z.unknown()),
  limits: operationLimitsSchema,
  cancelRequested: z.boolean(),
  submissions: z.array(
    z.object({
      attempt: z.int(),
      outcome: submissionOutcomeSchema,
      externalId: z.string().optional(),
      credentialId: z.string(),
      claimedAt: z.iso.datetime(),
    }),
  ),
});
export type KnownCall = z.infer<typeof knownCallSchema>;
