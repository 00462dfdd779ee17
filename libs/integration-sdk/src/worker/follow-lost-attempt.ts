import { type ClaimDecision, failure } from '@darkroom/contract';
import type { CallActivityResult } from '../call/call-activity.schema.ts';
import { backoffSeconds } from '../call/what-follows.ts';
import type { CallWork } from './call-work.ts';
import { failCall, followFruitless } from './end-call.ts';

export type AlreadyClaimed = Extract<ClaimDecision, { decision: 'already_claimed' }>;

const silentAfterSeconds = 30;
const longestWaitSeconds = 10;

/**
 * What follows an attempt that another execution claimed and whose answer is not here: never another request for it. While that
 * execution says that it is alive it is waited for: Temporal, not the worker, was away.
 */
export async function followLostAttempt(work: CallWork, claimed: AlreadyClaimed): Promise<CallActivityResult> {
  const { deadlineAt, outcome, spooled, lastSeenSecondsAgo } = claimed;
  if (spooled) return { status: 'spooled', submittedReported: outcome === 'accepted', deadlineAt };
  if (outcome === 'refused' || outcome === 'unknown') {
    return { status: 'retry', sent: true, afterSeconds: backoffSeconds(work.attempt), deadlineAt };
  }
  if (outcome === 'accepted') {
    return failCall(
      work,
      failure(
        'result_unavailable',
        'The provider answered, but the answer is in no spool any more. Make the call again; it is paid for anew.',
      ),
    );
  }
  if (lastSeenSecondsAgo < silentAfterSeconds) {
    const afterSeconds = Math.min(longestWaitSeconds, Math.max(1, silentAfterSeconds - lastSeenSecondsAgo));
    return { status: 'waiting', for: 'worker', afterSeconds };
  }
  const reason = 'the worker that made the request was lost before it could say what became of it.';
  return followFruitless(work, { kind: 'unknown', reason }, new Date(deadlineAt));
}
