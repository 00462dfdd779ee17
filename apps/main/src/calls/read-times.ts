import type { SubmitCall } from '@darkroom/contract';
import type { ProblemFault } from '../problems/problem-error.ts';

/** The times that a call asks for, and what is wrong with them. */
export interface CallTimes {
  read: { cancelAfter?: Date; startAt?: Date };
  faults: ProblemFault[];
}

const maxStartMilliseconds = 365 * 24 * 3600 * 1000;

/** Reads when a call shall start and when it shall be cancelled. A start in the past is one at once: clocks differ. */
export function readTimes(
  asked: Partial<Pick<SubmitCall, 'cancelAfter' | 'startAt' | 'delaySeconds'>>,
  now: Date,
): CallTimes {
  const cancelAfter = asked.cancelAfter === undefined ? undefined : new Date(asked.cancelAfter);
  const startAt = startOf(asked, now);
  const faults: ProblemFault[] = [];
  if (asked.startAt !== undefined && asked.delaySeconds !== undefined)
    faults.push({ path: '/delaySeconds', message: 'cannot stand beside `startAt`; leave one of them out' });
  if (startAt !== undefined && startAt.getTime() - now.getTime() > maxStartMilliseconds)
    faults.push({ path: '/startAt', message: 'must be within a year from now' });
  if (cancelAfter !== undefined && cancelAfter <= now)
    faults.push({ path: '/cancelAfter', message: 'must be in the future; leave it out, or do not make the call' });
  else if (cancelAfter !== undefined && startAt !== undefined && cancelAfter <= startAt)
    faults.push({ path: '/cancelAfter', message: 'must be later than the start of the call' });
  return { read: { ...(cancelAfter && { cancelAfter }), ...(startAt && { startAt }) }, faults };
}

function startOf({ startAt, delaySeconds }: Partial<Pick<SubmitCall, 'startAt' | 'delaySeconds'>>, now: Date) {
  if (startAt !== undefined) return new Date(startAt);
  return delaySeconds === undefined ? undefined : new Date(now.getTime() + delaySeconds * 1000);
}
