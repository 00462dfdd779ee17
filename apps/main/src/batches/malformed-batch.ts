import { maxBatchCalls } from '@darkroom/contract';
import { ProblemError, type ProblemFault } from '../problems/problem-error.ts';

/** The problem of a body that is not JSON. */
export function malformed(detail: string): ProblemError {
  return new ProblemError('malformed_request', detail);
}

/** The problem of a batch with these faults, of which it lists so many that an answer can hold them. */
export function invalidBatch(faults: readonly ProblemFault[]): ProblemError {
  const errors = faults.slice(0, listedFaults);
  const what = errors.length < faults.length ? `\`errors\` lists, the first ${listedFaults} faults,` : '`errors` lists';
  return new ProblemError('invalid_request', `Correct what ${what} and send the batch again.`, { errors });
}

/** How many faults of a batch are listed. */
export const listedFaults = 10_000;

/** What is wrong with a batch without calls. */
export const noCalls: ProblemFault = { path: '/calls', message: `must be a list of 1 to ${maxBatchCalls} calls` };

/** What is wrong with a batch of too many. */
export const tooManyCalls: ProblemFault = {
  path: '/calls',
  message: `must have at most ${maxBatchCalls} calls; make several batches of them`,
};

/** What is wrong with a batch that has a call's worth of settings. */
export const largeSettings: ProblemFault = { path: '', message: 'must be at most 1 MB without its calls' };
