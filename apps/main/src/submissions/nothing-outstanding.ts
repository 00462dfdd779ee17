import type { CallRow } from '../database/schema.ts';

/** Whether every submission of a call was refused, or there is none: nothing was paid, and nothing can be. */
export function hasNothingOutstanding(call: Pick<CallRow, 'submissions_claimed' | 'submissions_refused'>): boolean {
  return call.submissions_claimed === call.submissions_refused;
}
