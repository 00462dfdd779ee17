import type { CallStatus } from '@darkroom/contract';
import { preparedQuery } from '../database/prepared-query.ts';
import { type ShownCall, shownColumns } from './shown-call.ts';

/** id, account. */
export const findCall = preparedQuery<[string, string], ShownCall>(
  'find-call',
  `select ${shownColumns.join(', ')} from calls where id = $1 and account_id = $2`,
);

/** What tells whether a call has changed, without its input and output. */
export interface CallVersion {
  id: string;
  status: CallStatus;
  call_sequence: number;
  submissions_accepted: number;
  submissions_refused: number;
  submissions_unknown: number;
  has_late_artifacts: boolean;
  created_at: Date;
}

/** id, account. */
export const findCallVersion = preparedQuery<[string, string], CallVersion>(
  'find-call-version',
  `select id, status, call_sequence, submissions_accepted, submissions_refused, submissions_unknown, has_late_artifacts, created_at
   from calls where id = $1 and account_id = $2`,
);
