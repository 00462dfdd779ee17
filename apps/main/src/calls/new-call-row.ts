import type { CallProgress } from '@darkroom/contract';
import type { CallRow } from '../database/schema.ts';

type GivenColumns =
  'id' | 'account_id' | 'integration' | 'operation' | 'input' | 'metadata' | 'limits' | 'simulated' | 'created_at';

export const firstProgress: CallProgress = { currentStep: 'queued', completedSteps: [] };

/** The row of a call that was just inserted. Reading it back from the database would take a fifth of the statement's time. */
export function newCallRow(given: Pick<CallRow, GivenColumns>): CallRow {
  return {
    ...given,
    status: 'pending',
    output: null,
    error: null,
    progress: firstProgress,
    waiting_for: null,
    external_id: null,
    call_sequence: 1,
    submissions_claimed: 0,
    submissions_accepted: 0,
    submissions_refused: 0,
    submissions_unknown: 0,
    lease_until: null,
    start_attempted_at: null,
    started_run_id: null,
    first_claimed_at: null,
    reconciled_at: null,
    has_late_artifacts: false,
    started_at: null,
    completed_at: null,
  };
}
