import { failure, type Failure, type OperationLimits, type ReportedEvent } from '@darkroom/contract';

/** What became of a submission that brought no result. */
export type FruitlessOutcome =
  | { kind: 'refused'; error: Failure; retry: boolean; retryAfterSeconds?: number }
  | { kind: 'unknown'; reason: string }
  /** Nothing was sent: no connection. It does not count towards `maxSubmissions`; a provider that is away is waited for. */
  | { kind: 'unreachable'; error: Failure };

/** `retry`: report the events, wait, make the next attempt. `end`: the events end the call. */
export type WhatFollows =
  { kind: 'retry'; afterSeconds: number; events: ReportedEvent[] } | { kind: 'end'; events: ReportedEvent[] };

const firstBackoffSeconds = 2;
const longestBackoffSeconds = 30;

/**
 * Decides what follows a submission that brought no result: another one, if the reason, the operation's limits and the
 * deadline allow it, or the end of the call.
 */
export function whatFollows({
  outcome,
  attempt,
  sentBefore,
  limits,
  deadlineAt,
  now,
}: {
  outcome: FruitlessOutcome;
  attempt: number;
  /** How many of the call's earlier submissions were sent. */
  sentBefore: number;
  limits: Pick<OperationLimits, 'maxSubmissions' | 'whenOutcomeUnknown'>;
  deadlineAt: Date;
  now: Date;
}): WhatFollows {
  const afterSeconds = waitSeconds(outcome, attempt);
  const mayRetry = mayTryAgain({
    sentBefore,
    limits,
    afterSeconds,
    deadlineAt,
    now,
    wasSent: outcome.kind !== 'unreachable',
  });

  if (outcome.kind !== 'unknown') {
    if (mayRetry && (outcome.kind === 'unreachable' || outcome.retry)) {
      return {
        kind: 'retry',
        afterSeconds,
        events: [
          { type: 'call.submission_refused', data: { attempt, error: outcome.error, retryInSeconds: afterSeconds } },
        ],
      };
    }
    return {
      kind: 'end',
      events: [
        { type: 'call.submission_refused', data: { attempt, error: outcome.error } },
        { type: 'call.failed', data: { error: outcome.error } },
      ],
    };
  }

  if (limits.whenOutcomeUnknown === 'resubmit' && mayRetry) {
    return {
      kind: 'retry',
      afterSeconds,
      events: [{ type: 'call.submission_unknown', data: { attempt, reason: outcome.reason, next: 'resubmit' } }],
    };
  }
  return {
    kind: 'end',
    events: [
      { type: 'call.submission_unknown', data: { attempt, reason: outcome.reason, next: 'fail' } },
      { type: 'call.failed', data: { error: outcomeUnknown(outcome.reason) } },
    ],
  };
}

/** Whether the deadline and the limits allow one more attempt after this one. */
export function mayTryAgain({
  sentBefore,
  limits,
  afterSeconds,
  deadlineAt,
  now,
  wasSent = true,
}: {
  sentBefore: number;
  limits: Pick<OperationLimits, 'maxSubmissions'>;
  afterSeconds: number;
  deadlineAt: Date;
  now: Date;
  wasSent?: boolean;
}): boolean {
  const timeIsLeft = now.getTime() + afterSeconds * 1000 < deadlineAt.getTime();
  return timeIsLeft && (!wasSent || sentBefore + 1 < limits.maxSubmissions);
}

/** The failure of a call of which nobody can know whether the provider took its submission. */
export function outcomeUnknown(reason: string): Failure {
  return failure(
    'submission_outcome_unknown',
    `The provider may have taken and charged the submission, but its answer is lost: ${reason} Look at the provider's own records before you make the call again.`,
  );
}

/** How long to wait before the attempt after this one, where the provider asked for nothing else. */
export function backoffSeconds(attempt: number): number {
  return Math.min(longestBackoffSeconds, firstBackoffSeconds * 2 ** (attempt - 1));
}

function waitSeconds(outcome: FruitlessOutcome, attempt: number): number {
  return (outcome.kind === 'refused' ? outcome.retryAfterSeconds : undefined) ?? backoffSeconds(attempt);
}
