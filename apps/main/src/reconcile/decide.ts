import type { WorkflowLook } from '../engine/engine.ts';
import type { LockedCall } from '../calls/lock-call.ts';

/** What is known of a call that has not ended, when the engine has answered what its workflow does. */
export interface Findings {
  call: Pick<
    LockedCall,
    | 'status'
    | 'limits'
    | 'queued_at'
    | 'start_attempted_at'
    | 'lease_until'
    | 'first_claimed_at'
    | 'submissions_accepted'
    | 'progress'
    | 'now'
  >;
  look: WorkflowLook;
  /** Whether `main`'s spool holds an answer of the call. */
  spooled: boolean;
  retentionSeconds: number;
  /** How long beyond its time a running workflow is left alone. */
  marginSeconds: number;
  storageRetrySeconds: number;
}

/** `reason` tells the user why nothing more will happen. */
export type Verdict =
  | { kind: 'leave' }
  | { kind: 'dispatch' }
  | { kind: 'confirm'; runId: string }
  | { kind: 'apply_result'; runId: string }
  | { kind: 'end'; reason: string }
  | { kind: 'end_waiting' }
  | { kind: 'terminate'; runId: string; reason: string };

/** What follows from what the engine answered. No answer never gets here. */
export function decide(findings: Findings): Verdict {
  const { call, look } = findings;
  if (isBeingStarted(findings)) return { kind: 'leave' };
  switch (look.kind) {
    case 'not_found':
      if (call.status === 'processing') return { kind: 'end', reason: 'Its workflow is gone: somebody deleted it.' };
      return withoutWorkflow(findings);
    case 'running':
      if (call.status === 'pending') return { kind: 'confirm', runId: look.runId };
      return isOverdue(findings)
        ? { kind: 'terminate', runId: look.runId, reason: 'Its workflow ran past its time and was terminated.' }
        : { kind: 'leave' };
    case 'completed':
      return { kind: 'apply_result', runId: look.runId };
    case 'ended':
      return { kind: 'end', reason: `Its workflow ended without a result (${look.how}).` };
  }
}

function isBeingStarted({ call }: Findings): boolean {
  return call.status === 'pending' && call.lease_until !== null && call.lease_until > call.now;
}

function withoutWorkflow({ call, retentionSeconds }: Findings): Verdict {
  const waited = secondsSince(call.queued_at, call.now);
  if (call.start_attempted_at === null) return { kind: 'dispatch' };
  if (waited >= call.limits.maxQueueSeconds) return { kind: 'end_waiting' };
  if (secondsSince(call.start_attempted_at, call.now) < retentionSeconds / 2) return { kind: 'dispatch' };
  return { kind: 'end', reason: 'Whether its workflow was ever started cannot be found out any more.' };
}

/** One that never claims has the time that a call may wait. */
function isOverdue(findings: Findings): boolean {
  const { call, marginSeconds } = findings;
  if (call.first_claimed_at === null)
    return secondsSince(call.queued_at, call.now) > call.limits.maxQueueSeconds + marginSeconds;
  const allowed = call.limits.deadlineSeconds + marginSeconds + secondsToStore(findings);
  return secondsSince(call.first_claimed_at, call.now) > allowed;
}

/**
 * The deadline ends with the provider's answer: a workflow that may hold a paid result, or whose activity is alive, gets the time to store it
 * as well. While the provider generates, acceptance is no result, and a poll beats whether there is one or not: what it may have
 * found just now is in a spool within another margin.
 */
function secondsToStore(findings: Findings): number {
  const { call, spooled, marginSeconds, storageRetrySeconds } = findings;
  if (spooled) return storageRetrySeconds;
  const isGenerating = call.submissions_accepted > 0 && call.progress.currentStep !== 'storing';
  if (isGenerating) return isAlive(findings) ? marginSeconds : 0;
  return isAlive(findings) || call.submissions_accepted > 0 ? storageRetrySeconds : 0;
}

function isAlive({ call, look, marginSeconds }: Findings): boolean {
  if (look.kind !== 'running' || look.lastHeartbeatAt === undefined) return false;
  return secondsSince(look.lastHeartbeatAt, call.now) < marginSeconds;
}

function secondsSince(earlier: Date, now: Date): number {
  return (now.getTime() - earlier.getTime()) / 1000;
}
