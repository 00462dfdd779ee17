import type { CallProgress } from '@darkroom/contract';
import type { CallRow } from '../database/schema.ts';
import { statusAfter } from './call-state-machine.ts';
import type { NewEvent } from './new-event.ts';

/** What a call's events make of it, as its row keeps it. */
export type CallProjection = Pick<
  CallRow,
  | 'status'
  | 'output'
  | 'error'
  | 'progress'
  | 'waiting_for'
  | 'external_id'
  | 'submissions_claimed'
  | 'submissions_accepted'
  | 'submissions_refused'
  | 'submissions_unknown'
  | 'lease_until'
  | 'started_run_id'
  | 'first_claimed_at'
  | 'started_at'
  | 'completed_at'
  | 'has_late_artifacts'
>;

/** The call after one more event; throws a CallTransitionError where its status does not allow the event. */
export function projectEvent(call: CallProjection, event: NewEvent, at: Date): CallProjection {
  const next = { ...call, status: statusAfter(call.status, event.type) };
  switch (event.type) {
    case 'call.processing':
      return {
        ...next,
        started_run_id: event.data.runId,
        external_id: event.data.workflowId,
        started_at: at,
        lease_until: null,
      };
    case 'call.submission_started':
      return {
        ...next,
        progress: enter(call.progress, 'submitting'),
        waiting_for: null,
        submissions_claimed: call.submissions_claimed + 1,
        first_claimed_at: call.first_claimed_at ?? at,
      };
    case 'call.submitted':
      return {
        ...next,
        progress: enter(call.progress, 'storing'),
        waiting_for: null,
        external_id: event.data.externalId ?? call.external_id,
      };
    case 'call.progress': {
      const { waitingFor, completedSteps = call.progress.completedSteps, ...progress } = event.data;
      return {
        ...next,
        progress: { ...call.progress, ...progress, completedSteps },
        waiting_for: waitingFor ?? call.waiting_for,
      };
    }
    case 'call.completed':
      return { ...ended(next, at), progress: { completedSteps: leave(call.progress) }, output: event.data.output };
    case 'call.failed':
      return { ...ended(next, at), error: event.data.error };
    case 'call.cancelled':
      return ended(next, at);
    case 'call.submission_refused':
      return { ...next, waiting_for: event.data.retryInSeconds === undefined ? call.waiting_for : 'provider' };
    case 'call.submission_unknown':
      return { ...next, waiting_for: event.data.next === 'resubmit' ? 'provider' : call.waiting_for };
    case 'call.submission_reconciled':
      return { ...next, waiting_for: event.data.outcome === 'accepted' ? null : call.waiting_for };
    case 'call.accepted':
    case 'call.cancel_requested':
    case 'call.cancel_result':
      return next;
  }
}

function ended(call: CallProjection, at: Date): CallProjection {
  const { completedSteps } = call.progress;
  return { ...call, progress: { completedSteps }, waiting_for: null, lease_until: null, completed_at: at };
}

function enter(progress: CallProgress, step: string): CallProgress {
  return { currentStep: step, completedSteps: leave(progress).filter((completed) => completed !== step) };
}

function leave({ currentStep = 'queued', completedSteps }: CallProgress): string[] {
  return completedSteps.includes(currentStep) ? completedSteps : [...completedSteps, currentStep];
}
