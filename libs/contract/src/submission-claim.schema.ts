import { z } from 'zod';

/** What became of a submission. `in_flight`: claimed, and nobody has said yet. */
export const submissionOutcomeSchema = z.enum(['in_flight', 'accepted', 'refused', 'unknown']);
export type SubmissionOutcome = z.infer<typeof submissionOutcomeSchema>;

/** `POST /internal/calls/:id/submissions`: a worker claims one attempt before it makes the paid request. */
export const submissionClaimSchema = z.strictObject({
  attempt: z.int().min(1).max(10_000),
  runId: z.string().min(1).max(200),
  workflowId: z.string().min(1).max(200),
  activityId: z.string().min(1).max(200),
  claimToken: z
    .uuid()
    .describe(
      'Made anew by each execution, so that a claim whose answer was lost can be asked again and a second execution cannot. Asking again also says that the execution is alive.',
    ),
  credentialId: z.string().min(1).max(200).describe('Which set of credentials pays; never the credential itself.'),
});
export type SubmissionClaim = z.infer<typeof submissionClaimSchema>;

const deadlineAt = z.iso
  .datetime()
  .describe("Until when the provider may answer: the call's first claim plus its deadline.");

/**
 * The answer to a claim. Only `proceed` allows the request. `stop`: the call has ended, is to be cancelled, or its
 * deadline has passed.
 * `already_claimed`: another execution had this attempt; its request may have been paid. `wait`: the spool is full, nothing
 * was claimed.
 */
export const claimDecisionSchema = z.discriminatedUnion('decision', [
  z.object({ decision: z.literal('proceed'), deadlineAt }),
  z.object({ decision: z.literal('stop'), reason: z.enum(['ended', 'cancel_requested', 'deadline_passed']) }),
  z.object({
    decision: z.literal('already_claimed'),
    deadlineAt,
    outcome: submissionOutcomeSchema,
    externalId: z
      .string()
      .optional()
      .describe("The provider's id for it, where it is known that the provider took it."),
    credentialId: z.string().describe('Which set of credentials made it: later steps use the same one.'),
    claimedAt: z.iso.datetime(),
    spooled: z.boolean().describe('Whether the answer of that attempt waits in the spool of `main`.'),
    lastSeenSecondsAgo: z
      .number()
      .nonnegative()
      .describe(
        'How long ago the execution that has the attempt last asked with its token: it does so while it works.',
      ),
  }),
  z.object({ decision: z.literal('wait'), reason: z.literal('spool_full'), retryAfterSeconds: z.number().positive() }),
]);
export type ClaimDecision = z.infer<typeof claimDecisionSchema>;
