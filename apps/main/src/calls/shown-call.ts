import type { CallRow } from '../database/schema.ts';

/** The columns that users see something of. What a status poll reads and parses beyond them would be wasted. */
export const shownColumns = [
  'id',
  'integration',
  'operation',
  'input',
  'metadata',
  'simulated',
  'status',
  'output',
  'error',
  'progress',
  'waiting_for',
  'external_id',
  'call_sequence',
  'submissions_claimed',
  'submissions_accepted',
  'submissions_refused',
  'submissions_unknown',
  'has_late_artifacts',
  'retry_of',
  'source_artifact_ids',
  'request',
  'request_id',
  'user_id',
  'batch_id',
  'batch_position',
  'cancel_after',
  'cancel_requested_at',
  'cancel_result',
  'created_at',
  'queued_at',
  'started_at',
  'completed_at',
] as const satisfies readonly (keyof CallRow)[];

export type ShownCall = Pick<CallRow, (typeof shownColumns)[number]>;
