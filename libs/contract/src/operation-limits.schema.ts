import { z } from 'zod';

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
});
export type OperationLimits = z.infer<typeof operationLimitsSchema>;
