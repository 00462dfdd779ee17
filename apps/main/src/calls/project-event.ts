import type { CallEventData, CallProgress } from '@darkroom/contract';
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
  | 'cancel_requested_at'
  | 'cancel_result'
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
        ...(event.data.awaitsResult
          ? generating(call)
          : { progress: enter(call.progress, storing), waiting_for: null }),
        external_id: event.data.externalId ?? call.external_id,
      };
    case 'call.progress': {
      const { waitingFor, currentStep, completedSteps, ...percent } = event.data;
      const isStored = currentStep === storing && call.progress.currentStep !== storing;
      const named = currentStep === undefined ? call.progress : { ...call.progress, currentStep };
      const progress = { ...(isStored ? enter(call.progress, storing) : named), ...percent };
      return {
        ...next,
        progress: completedSteps === undefined ? progress : { ...progress, completedSteps },
        waiting_for: waitingFor ?? (isStored ? null : call.waiting_for),
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
      return { ...next, waiting_for: event.data.next === 'fail' ? call.waiting_for : 'provider' };
    case 'call.submission_reconciled':
      return { ...next, ...afterReconciling(call, event.data) };
    case 'call.cancel_requested':
      return { ...next, cancel_requested_at: call.cancel_requested_at ?? at };
    case 'call.cancel_result':
      return { ...next, cancel_result: event.data };
    case 'call.accepted':
      return next;
  }
}

const storing = 'storing';
const generatingStep = 'generating';
const ownSteps: ReadonlySet<string> = new Set(['queued', 'submitting', generatingStep, storing]);

/** The provider has a task, and its result is still to come. */
function generating({ progress }: CallProjection): Pick<CallProjection, 'progress' | 'waiting_for'> {
  return { progress: enter(progress, generatingStep), waiting_for: 'provider' };
}

/** A task that is known by its id is waited for; without one, the answer itself was found. */
function afterReconciling(
  call: CallProjection,
  { outcome, externalId }: CallEventData<'call.submission_reconciled'>,
): Partial<CallProjection> {
  if (outcome !== 'accepted') return {};
  return externalId === undefined ? { waiting_for: null } : { ...generating(call), external_id: externalId };
}

function ended(call: CallProjection, at: Date): CallProjection {
  const { completedSteps } = call.progress;
  return { ...call, progress: { completedSteps }, waiting_for: null, lease_until: null, completed_at: at };
}

function enter(progress: CallProgress, step: string): CallProgress {
  return { currentStep: step, completedSteps: leave(progress).filter((completed) => completed !== step) };
}

/** A provider names steps in its own words, also in some of ours: they are shown while it generates, and are no steps of the call. */
function leave({ currentStep = 'queued', completedSteps }: CallProgress): string[] {
  const isOwn = ownSteps.has(currentStep) && !completedSteps.includes(currentStep);
  const step = isOwn ? currentStep : generatingStep;
  return completedSteps.includes(step) ? completedSteps : [...completedSteps, step];
}
