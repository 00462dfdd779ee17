import type { Submission } from '../calls/read-submission.ts';
import { ProblemError, type ProblemFault } from '../problems/problem-error.ts';
import { readItem } from '../requests/read-item.ts';
import type { RequestReadOptions } from '../requests/read-request.ts';

const timesOfTheBatch = ['startAt', 'delaySeconds'];

/**
 * Reads one item of a batch, a call or a request as it would stand alone, but for the times of its start. A ProblemError lists its faults, with their
 * paths in the batch.
 */
export async function readBatchItem(item: unknown, index: number, options: RequestReadOptions): Promise<Submission> {
  const times = timesIn(item, index);
  const submission = await readItem(withoutTimes(item), ['calls', index], options).catch((refusal: unknown) => {
    if (!(refusal instanceof ProblemError) || times.length === 0) throw refusal;
    throw refused([...refusal.faults, ...times]);
  });
  if (times.length > 0) throw refused(times);
  return submission;
}

function timesIn(item: unknown, index: number): ProblemFault[] {
  if (typeof item !== 'object' || item === null) return [];
  const message = 'is not for a call of a batch, which begins it in its turn; say it of the batch';
  return timesOfTheBatch
    .filter((field) => field in item)
    .map((field) => ({ path: `/calls/${index}/${field}`, message }));
}

function withoutTimes(item: unknown): unknown {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return item;
  return Object.fromEntries(Object.entries(item).filter(([field]) => !timesOfTheBatch.includes(field)));
}

function refused(errors: ProblemFault[]): ProblemError {
  return new ProblemError('invalid_request', 'Correct what `errors` lists.', { errors });
}
