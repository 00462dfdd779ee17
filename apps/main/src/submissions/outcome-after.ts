import type { SubmissionOutcome } from '@darkroom/contract';
import type { NewEvent } from '../calls/new-event.ts';

/** What an event says about one submission; undefined where it is about none. */
export function submissionFact(
  event: NewEvent,
): { attempt: number; outcome: SubmissionOutcome; externalId?: string } | undefined {
  switch (event.type) {
    case 'call.submission_refused':
      return { attempt: event.data.attempt, outcome: 'refused' };
    case 'call.submission_unknown':
      return { attempt: event.data.attempt, outcome: 'unknown' };
    case 'call.submission_reconciled':
      return { attempt: event.data.attempt, outcome: event.data.outcome, ...idIn(event.data) };
    case 'call.submitted':
      return { attempt: event.data.attempt, outcome: 'accepted', ...idIn(event.data) };
    default:
      return undefined;
  }
}

function idIn({ externalId }: { externalId?: string | undefined }): { externalId?: string } {
  return externalId === undefined ? {} : { externalId };
}

/**
 * Whether a later statement about a submission says more than what is known: knowing beats not knowing, and that the provider
 * took it beats everything, because it is then paid.
 */
export function saysMore(known: SubmissionOutcome, stated: SubmissionOutcome): boolean {
  return weight[stated] > weight[known];
}

const weight: Record<SubmissionOutcome, number> = { in_flight: 0, unknown: 1, refused: 2, accepted: 3 };
