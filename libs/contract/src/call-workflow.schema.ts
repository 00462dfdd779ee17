import { z } from 'zod';
import { idSchema } from './identifiers.ts';
import { operationLimitsSchema } from './operation-limits.schema.ts';

/** What `main` starts a call's workflow with. */
export const callWorkflowInputSchema = z.object({
  callId: idSchema('call'),
  accountId: z.string(),
  integration: z.string(),
  operation: z.string(),
  input: z.record(z.string(), z.unknown()),
  limits: operationLimitsSchema,
  acceptedAt: z.iso
    .datetime()
    .describe(
      'From when on it may wait for `limits.maxQueueSeconds`: its acceptance, or the later start that it asked for.',
    ),
  storageRetrySeconds: z.number().positive().describe('How long a paid result is tried to be stored.'),
});
export type CallWorkflowInput = z.infer<typeof callWorkflowInputSchema>;
