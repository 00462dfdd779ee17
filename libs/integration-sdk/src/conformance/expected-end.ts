import type { Billing, CallEventData, CallStatus, FailureCode } from '@darkroom/contract';
import type { OperationTraits } from './operation-traits.ts';

/** How a call has to end, and what became of its submissions. */
export interface ExpectedEnd {
  status: CallStatus;
  /** Where it fails. */
  code?: FailureCode;
  accepted: number;
  refused: number;
  /** Whether more may be refused than that: what refuses goes on until the play has seen it. */
  mayRefuseMore?: boolean;
  unknown: number;
  /** What the provider charged for, by the simulator's count. */
  paid: number;
  /** How long the provider asked to wait before the next submission. */
  waitSeconds?: number;
  /** What was found out of a submission that got no answer. */
  foundOut?: CallEventData<'call.submission_reconciled'>['outcome'];
  /** What came of a cancel. `too_late`: the end came first, and what was said of the cancel depends on a moment. */
  cancel?: CallEventData<'call.cancel_result'>['result'] | 'before_start' | 'too_late';
  /** Of a call that was cancelled. */
  billing?: Billing;
  /** How often the provider was asked for the task, at least. */
  looks?: number;
  /** How long the provider, at the first look, asked to wait with the next one. */
  lookWaitSeconds?: number;
  /** What `main` answered to each of the provider's callbacks; `none`: there was no callback. */
  callbacks?: 200 | 400 | 401 | 404 | 'none';
  /** How often the provider called back to tell of the end, where it was believed. Once, where nothing is said. */
  toldOfEnd?: number;
}

const none = { accepted: 0, refused: 0, unknown: 0, paid: 0 };

/** The first submission brings the result. */
export const completesAtOnce: ExpectedEnd = { ...none, status: 'completed', accepted: 1, paid: 1 };

/** The first submission is refused, the second brings the result. */
export const completesAfterRefusal: ExpectedEnd = { ...none, status: 'completed', accepted: 1, refused: 1, paid: 1 };

/** The provider says no, and asking again would not help. */
export function isRefused(code: FailureCode): ExpectedEnd {
  return { ...none, status: 'failed', code, refused: 1 };
}

/** The provider says no as often as it is asked. */
export function isRefusedToTheEnd(code: FailureCode, { limits }: OperationTraits): ExpectedEnd {
  return { ...none, status: 'failed', code, refused: limits.maxSubmissions };
}

/** The provider took it, and what it gave is of no use: never asked again. */
export function isTakenInVain(code: FailureCode): ExpectedEnd {
  return { ...none, status: 'failed', code, accepted: 1, paid: 1 };
}

/** The provider cancelled the task at our wish. */
export const isCancelled: ExpectedEnd = {
  ...none,
  status: 'cancelled',
  accepted: 1,
  paid: 1,
  cancel: 'cancelled',
  billing: 'not_charged',
};

/**
 * The first submission got no answer. What can be found out decides; where nothing can, the operation's policy. A list also shows what
 * other calls lost, so that it proves something only where there is no such thing.
 */
export function followsTheProof(traits: OperationTraits, { charged }: { charged: 0 | 1 }): ExpectedEnd {
  const { callsBack, lists, limits } = traits;
  const isTaken = charged === 1;
  if (isTaken && callsBack) return { ...completesAtOnce, foundOut: 'accepted' };
  if (!isTaken && lists) return { ...completesAfterRefusal, foundOut: 'refused' };
  if (limits.whenOutcomeUnknown === 'fail' || waitsForCallback(traits)) return staysInDoubt(traits, { charged });
  const foundOut = asksAround(traits) && ({ foundOut: 'unknown' } as const);
  return { ...none, status: 'completed', accepted: 1, unknown: 1, paid: charged + 1, ...foundOut };
}

/** Nobody can know of the only submission. */
export function staysInDoubt(traits: OperationTraits, { charged }: { charged: 0 | 1 }): ExpectedEnd {
  const foundOut = asksAround(traits) && ({ foundOut: 'unknown' } as const);
  return { ...none, status: 'failed', code: 'submission_outcome_unknown', unknown: 1, paid: charged, ...foundOut };
}

/** A submission that was not taken is waited for until the deadline: a short one is enough. */
export function waitsForCallback({ callsBack, lists }: OperationTraits): boolean {
  return callsBack && !lists;
}

function asksAround({ callsBack, lists }: OperationTraits): boolean {
  return callsBack || lists;
}
