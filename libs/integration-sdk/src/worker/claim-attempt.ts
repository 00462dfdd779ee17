import { randomUUID } from 'node:crypto';
import type { ClaimDecision, SubmissionClaim } from '@darkroom/contract';
import type { CallWork } from './call-work.ts';
import { messageOf } from './error-message.ts';
import { untilAnswered } from './until-answered.ts';

/** Makes the claim of one execution. It is asked with the same token however often its answer is lost. */
export function toClaim({ context, attempt, runId, workflowId, activityId }: CallWork): SubmissionClaim {
  return { attempt, runId, workflowId, activityId, claimToken: randomUUID(), credentialId: context.credentialId };
}

/** Asks `main` whether the paid request may be made, until it answers: without an answer nothing is sent. Undefined for an unknown call. */
export async function claimAttempt(work: CallWork, claim: SubmissionClaim): Promise<ClaimDecision | undefined> {
  const { context, call, attempt, logger } = work;
  const decision = await untilAnswered(
    () => context.main.claim(call.callId, claim),
    (error) =>
      logger.warn({ attempt, reason: messageOf(error) }, 'no answer to the claim, nothing was sent; asking again'),
  );
  logger.info({ attempt, decision: decision?.decision ?? 'unknown_call' }, 'asked main for the claim');
  return decision;
}
