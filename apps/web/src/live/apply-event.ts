import type { AccountEvent, Call, CallEvent } from '@darkroom/contract';

/** Whether an entry of the account's log tells of a call. */
export function isCallEvent(event: AccountEvent): event is CallEvent {
  return event.type.startsWith('call.');
}

/**
 * The call after an event, as `GET /v1/calls/:id` would show it as far as the event tells. An event that the call shows already changes
 * nothing.
 */
export function applyEvent(call: Call, event: CallEvent): Call {
  if (isEnded(call) || event.callSequence <= call.callSequence) return call;
  const { data } = event;
  const head = {
    status: event.status,
    callSequence: event.callSequence,
    ...(event.externalId !== undefined && { externalId: event.externalId }),
  };
  const { waitingFor, ...unwaiting } = call;
  switch (event.type) {
    case 'call.accepted':
      return call;
    case 'call.processing':
      return { ...call, ...head, startedAt: call.startedAt ?? event.createdAt, waitingFor: 'slot' };
    case 'call.submission_started':
      return { ...call, ...head, waitingFor: 'provider', submissions: claim(call) };
    case 'call.submission_refused':
      return { ...unwaiting, ...head, submissions: settle(call, event, 'refused'), waitingFor: 'slot' };
    case 'call.submission_unknown':
      return { ...call, ...head, submissions: settle(call, event, 'unknown') };
    case 'call.submission_reconciled':
      return { ...call, ...head, submissions: settle(call, event, data['outcome'] as Outcome) };
    case 'call.submitted': {
      const still = data['awaitsResult'] === true ? { waitingFor: 'provider' as const } : {};
      return { ...unwaiting, ...head, ...still, submissions: settle(call, event, 'accepted') };
    }
    case 'call.progress':
      return { ...withProgress(call, event), ...head };
    case 'call.cancel_requested':
      return { ...call, ...head, cancelRequestedAt: event.createdAt };
    case 'call.cancel_result':
      return { ...call, ...head, cancelResult: data as Call['cancelResult'] & {} };
    case 'call.completed':
      return { ...unwaiting, ...head, output: data['output'] as Call['output'] & {}, completedAt: event.createdAt };
    case 'call.failed':
      return { ...unwaiting, ...head, error: data['error'] as Call['error'] & {}, completedAt: event.createdAt };
    case 'call.cancelled':
      return { ...unwaiting, ...head, completedAt: event.createdAt };
  }
}

export function isEnded({ status }: Pick<Call, 'status'>): boolean {
  return status === 'completed' || status === 'failed' || status === 'cancelled';
}

function withProgress(call: Call, { data }: CallEvent): Call {
  const { waitingFor, ...progress } = data as Partial<Call['progress']> & { waitingFor?: Call['waitingFor'] };
  return {
    ...call,
    progress: { ...call.progress, ...progress },
    ...(waitingFor !== undefined && { waitingFor }),
  };
}

function claim({ submissions }: Call): Call['submissions'] {
  return { ...submissions, claimed: submissions.claimed + 1 };
}

type Outcome = 'accepted' | 'refused' | 'unknown';

/**
 * The counts after an event tells what became of a submission, by the rule of `main`: each submission counts once, by what is known best of it.
 * Knowing beats not knowing, and that the provider took it beats everything. Only the newest may be without any outcome.
 */
function settle({ submissions }: Call, { data }: CallEvent, outcome: Outcome): Call['submissions'] {
  const { claimed, accepted, refused, unknown } = submissions;
  const isNewest = data['attempt'] === undefined || data['attempt'] === claimed;
  if (isNewest && claimed > accepted + refused + unknown)
    return { ...submissions, [outcome]: submissions[outcome] + 1 };
  const known = worseThan[outcome].find((worse) => submissions[worse] > 0);
  if (known === undefined) return submissions;
  return { ...submissions, [known]: submissions[known] - 1, [outcome]: submissions[outcome] + 1 };
}

const worseThan: Record<Outcome, readonly Outcome[]> = {
  unknown: [],
  refused: ['unknown'],
  accepted: ['unknown', 'refused'],
};
