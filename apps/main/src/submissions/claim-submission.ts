import { isTerminal, type ClaimDecision, type SubmissionClaim, type SubmissionOutcome } from '@darkroom/contract';
import type { Transaction } from 'kysely';
import { changeCall, type CallChange, type CallChanging } from '../calls/change-call.ts';
import type { LockedCall } from '../calls/lock-call.ts';
import type { NewEvent } from '../calls/new-event.ts';
import type { Database } from '../database/schema.ts';
import { endInDoubt } from '../reconcile/end-by-submissions.ts';
import { withCancelResult } from '../reports/with-cancel-result.ts';
import { spoolBytes } from '../spool/spool-bytes.ts';
import { hasNothingOutstanding } from './nothing-outstanding.ts';

export interface SubmissionClaiming extends CallChanging {
  /** At this many bytes in the spool nothing new is claimed. */
  spoolTotalBytes: number;
}

const spoolFullRetrySeconds = 15;

/** Decides under the call's lock whether a worker may make a paid request. Answers undefined where there is no such call. */
export function claimSubmission(
  claiming: SubmissionClaiming,
  callId: string,
  claim: SubmissionClaim,
): Promise<ClaimDecision | undefined> {
  return changeCall(claiming, callId, async (call, transaction): Promise<CallChange<ClaimDecision>> => {
    if (isTerminal(call.status)) return { answer: { decision: 'stop', reason: 'ended' } };
    const deadlineAt = deadlineOf(call);
    const earlier = await findSubmission(transaction, callId, claim.attempt);
    if (earlier?.claim_token === claim.claimToken.toLowerCase() && earlier.outcome === 'in_flight') {
      await noteSeen(transaction, { callId, attempt: claim.attempt, now: call.now });
      return { answer: { decision: 'proceed', deadlineAt: deadlineAt.toISOString() } };
    }
    if (earlier !== undefined) {
      return {
        answer: { decision: 'already_claimed', deadlineAt: deadlineAt.toISOString(), ...factsOf(earlier, call) },
      };
    }
    if (call.cancel_requested_at !== null) return endCancelled(transaction, call);
    if (deadlineAt <= call.now) return { answer: { decision: 'stop', reason: 'deadline_passed' } };
    if ((await spoolBytes(transaction)) >= claiming.spoolTotalBytes) {
      return { answer: { decision: 'wait', reason: 'spool_full', retryAfterSeconds: spoolFullRetrySeconds } };
    }
    await insertSubmission(transaction, callId, claim);
    return { answer: { decision: 'proceed', deadlineAt: deadlineAt.toISOString() }, events: eventsOf(call, claim) };
  });
}

/** A cancel that was requested while a submission was under way: there is no next one. */
async function endCancelled(transaction: Transaction<Database>, call: LockedCall): Promise<CallChange<ClaimDecision>> {
  const answer: ClaimDecision = { decision: 'stop', reason: 'ended' };
  if (hasNothingOutstanding(call)) {
    const end: NewEvent = { type: 'call.cancelled', data: { billing: 'not_charged' } };
    return { answer, events: await withCancelResult(transaction, call, [end]) };
  }
  const reason = 'A cancel was requested, so that nothing more was submitted.';
  return { answer, ...(await endInDoubt(transaction, call, reason)) };
}

function deadlineOf(call: LockedCall): Date {
  return new Date((call.first_claimed_at ?? call.now).getTime() + call.limits.deadlineSeconds * 1000);
}

function findSubmission(transaction: Transaction<Database>, callId: string, attempt: number) {
  return transaction
    .selectFrom('submissions')
    .leftJoin('spool', (join) =>
      join.onRef('spool.call_id', '=', 'submissions.call_id').onRef('spool.attempt', '=', 'submissions.attempt'),
    )
    .select([
      'submissions.claim_token',
      'submissions.outcome',
      'submissions.external_id',
      'submissions.credential_id',
      'submissions.claimed_at',
      'submissions.seen_at',
      (query) => query('spool.call_id', 'is not', null).as('spooled'),
    ])
    .where('submissions.call_id', '=', callId)
    .where('submissions.attempt', '=', attempt)
    .$castTo<EarlierSubmission>()
    .executeTakeFirst();
}

interface EarlierSubmission {
  claim_token: string;
  outcome: SubmissionOutcome;
  external_id: string | null;
  credential_id: string;
  claimed_at: Date;
  seen_at: Date;
  spooled: boolean;
}

function factsOf(earlier: EarlierSubmission, { now }: LockedCall) {
  return {
    outcome: earlier.outcome,
    ...(earlier.external_id !== null && { externalId: earlier.external_id }),
    credentialId: earlier.credential_id,
    claimedAt: earlier.claimed_at.toISOString(),
    spooled: earlier.spooled,
    lastSeenSecondsAgo: Math.max(0, now.getTime() - earlier.seen_at.getTime()) / 1000,
  };
}

/** A repeated claim comes from an execution that lost the answer, or that is at work and says so. */
async function noteSeen(transaction: Transaction<Database>, { callId, attempt, now }: SeenSubmission): Promise<void> {
  await transaction
    .updateTable('submissions')
    .set({ seen_at: now })
    .where('call_id', '=', callId)
    .where('attempt', '=', attempt)
    .execute();
}

interface SeenSubmission {
  callId: string;
  attempt: number;
  now: Date;
}

async function insertSubmission(
  transaction: Transaction<Database>,
  callId: string,
  claim: SubmissionClaim,
): Promise<void> {
  await transaction
    .insertInto('submissions')
    .values({
      call_id: callId,
      attempt: claim.attempt,
      run_id: claim.runId,
      activity_id: claim.activityId,
      claim_token: claim.claimToken,
      credential_id: claim.credentialId,
    })
    .execute();
}

function eventsOf(call: LockedCall, { attempt, runId, workflowId }: SubmissionClaim): NewEvent[] {
  const started: NewEvent = { type: 'call.submission_started', data: { attempt } };
  return call.status === 'pending' ? [{ type: 'call.processing', data: { workflowId, runId } }, started] : [started];
}
