import { z } from 'zod';

/** For the delivery kinds `poll` and `callback`; a `call` has none of them. */
const seconds = (description: string) => z.number().positive().optional().describe(description);

/** How long and how often a call may try. An operation declares it, the operator may overrule it, the call keeps what held when it was accepted. */
export const operationLimitsSchema = z.object({
  deadlineSeconds: z.number().positive().describe("From the first claim to the provider's answer."),
  maxSubmissions: z
    .int()
    .min(1)
    .max(20)
    .describe(
      'Refused ones count; those that found no connection do not: a provider that is away is waited for until the deadline.',
    ),
  maxQueueSeconds: z.number().positive().describe('From acceptance to the first claim.'),
  whenOutcomeUnknown: z
    .enum(['fail', 'resubmit'])
    .describe('What follows when nobody can know whether the provider took a submission.'),
  pollFirstSeconds: seconds('From the submission to the first look at the provider.'),
  pollIntervalSeconds: seconds('From one look to the next within the expected window.'),
  pollWindowSeconds: seconds(
    'The expected window: for so long after the first look one worker slot stays with the call, where there are enough. Later looks come one by one.',
  ),
  pollSlowIntervalSeconds: seconds('From one look to the next after the expected window.'),
});
export type OperationLimits = z.infer<typeof operationLimitsSchema>;
