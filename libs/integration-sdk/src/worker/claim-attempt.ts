import { randomUUID } from 'node:crypto';
import type { ClaimDecision, SubmissionClaim } from '@darkroom/contract';
import type { CallWork } from './call-work.ts';
import { messageOf } from './error-message.ts';
import { untilAnswered } from './until-answered.ts';

/** Makes the claim of one execution. It is asked with the same token however often its answer is lost. */
export function toClaim({ context, attempt, runId, workflowId, activityId }: CallWork): SubmissionClaim {
  return { attempt, runId, workflowId, activityId, claimToken: randomUUID(), credentialId: context.credentialId };
}

/** `decision` is undefined for a call that `main` does not know. */
export type ClaimReply = { kind: 'answered'; decision: ClaimDecision | undefined } | { kind: 'no_answer' };

/** Asks `main` once whether the paid request may be made: without an answer nothing is sent. */
export async function tryToClaim(work: CallWork, claim: SubmissionClaim): Promise<ClaimReply> {
  try {
    return { kind: 'answered', decision: await askOnce(work, claim) };
  } catch (error) {
    tellNoAnswer(work, error);
    return { kind: 'no_answer' };
  }
}

/**
 * Claims an attempt that is claimed already, to learn what became of it; asks until `main` answers or `stopping` is aborted.
 * Undefined for an unknown call.
 */
export function followClaim(work: CallWork, stopping?: AbortSignal): Promise<ClaimDecision | undefined> {
  const claim = toClaim(work);
  return untilAnswered(
    () => askOnce(work, claim),
    (error) => tellNoAnswer(work, error),
    stopping,
  );
}

async function askOnce(
  { context, call, attempt, logger }: CallWork,
  claim: SubmissionClaim,
): Promise<ClaimDecision | undefined> {
  const decision = await context.main.claim(call.callId, claim);
  logger.info({ attempt, decision: decision?.decision ?? 'unknown_call' }, 'asked main for the claim');
  return decision;
}

function tellNoAnswer({ attempt, logger }: CallWork, error: unknown): void {
  logger.warn({ attempt, reason: messageOf(error) }, 'no answer to the claim, nothing was sent; asking again');
}
