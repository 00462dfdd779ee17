import type { FaultId } from './faults/index.ts';

/** What shows that a second operation goes the way of the first: a success, one that is paid for without an answer, and a cancel. */
export const briefFaults: readonly FaultId[] = ['none', 'reset_after_accept', 'cancel_while_submitting'];
