import type { CallStatus, FailureCode, OperationLimits } from '@darkroom/contract';

/** How a call has to end, and what became of its submissions. */
export interface ExpectedEnd {
  status: CallStatus;
  /** Where it fails. */
  code?: FailureCode;
  accepted: number;
  refused: number;
  unknown: number;
  /** What the provider charged for, by the simulator's count. */
  paid: number;
  /** How long the provider asked to wait before the next submission. */
  waitSeconds?: number;
}

const none = { accepted: 0, refused: 0, unknown: 0, paid: 0 };

/** The first submission brings the image. */
export const completesAtOnce: ExpectedEnd = { ...none, status: 'completed', accepted: 1, paid: 1 };

/** The first submission is refused, the second brings the image. */
export const completesAfterRefusal: ExpectedEnd = { ...none, status: 'completed', accepted: 1, refused: 1, paid: 1 };

/** The provider says no, and asking again would not help. */
export function isRefused(code: FailureCode): ExpectedEnd {
  return { ...none, status: 'failed', code, refused: 1 };
}

/** The provider says no as often as it is asked. */
export function isRefusedToTheEnd(code: FailureCode, { maxSubmissions }: OperationLimits): ExpectedEnd {
  return { ...none, status: 'failed', code, refused: maxSubmissions };
}

/** The provider took it, and what it gave is of no use: never asked again. */
export function isTakenInVain(code: FailureCode): ExpectedEnd {
  return { ...none, status: 'failed', code, accepted: 1, paid: 1 };
}

/** Nobody can know of the first submission; the operation's policy decides whether there is a second one. */
export function followsThePolicy(
  { whenOutcomeUnknown }: OperationLimits,
  { charged }: { charged: number },
): ExpectedEnd {
  if (whenOutcomeUnknown === 'fail') return isInDoubt({ charged });
  return { ...none, status: 'completed', accepted: 1, unknown: 1, paid: charged + 1 };
}

/** Nobody can know of the only submission. */
export function isInDoubt({ charged }: { charged: number }): ExpectedEnd {
  return { ...none, status: 'failed', code: 'submission_outcome_unknown', unknown: 1, paid: charged };
}
