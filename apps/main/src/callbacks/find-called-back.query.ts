import type { CallStatus, SubmissionOutcome } from '@darkroom/contract';
import { preparedQuery } from '../database/prepared-query.ts';

/** id, attempt. A callback's token says which submission it is about, and no account. `outcome` is null where it was never claimed. */
export const findCalledBack = preparedQuery<
  [string, number],
  { status: CallStatus; outcome: SubmissionOutcome | null }
>(
  'find-called-back',
  `select calls.status, submissions.outcome from calls
   left join submissions on submissions.call_id = calls.id and submissions.attempt = $2
   where calls.id = $1`,
);
