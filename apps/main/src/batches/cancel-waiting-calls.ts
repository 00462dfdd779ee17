import { sql, type Transaction } from 'kysely';
import type { Database } from '../database/schema.ts';
import type { CallEventDraft } from '../events/append-events.ts';
import type { CallMetrics, ObservedCall } from '../metrics/call-metrics.ts';

/** A call that was cancelled while its batch kept it back, and what its log says of it. */
export interface CancelledCall {
  call: Pick<ObservedCall, 'integration' | 'operation' | 'queued_at'> & { completed_at: Date };
  events: CallEventDraft[];
}

/**
 * Cancels the next calls that a batch has not released, unpaid, in one statement: of none of them is anything outstanding, and nothing but
 * their acceptance has happened, so all change alike. Each ends as a cancel of its own would end it.
 */
export async function cancelWaitingCalls(
  transaction: Transaction<Database>,
  batchId: string,
  limit: number,
): Promise<CancelledCall[]> {
  const { rows } = await sql<CancelledRow>`
    with next as materialized (
      select id from calls
      where batch_id = ${batchId} and queued_at = 'infinity' and completed_at is null
      order by batch_position limit ${limit}
      for update
    )
    update calls
    set status = 'cancelled', progress = jsonb_build_object('completedSteps', progress->'completedSteps'),
        cancel_requested_at = statement_timestamp(), completed_at = statement_timestamp(), call_sequence = call_sequence + 2
    from next where calls.id = next.id
    returning calls.id, calls.batch_position, calls.call_sequence, calls.integration, calls.operation, calls.queued_at,
      calls.external_id, calls.completed_at`.execute(transaction);
  return rows.sort((one, other) => one.batch_position - other.batch_position).map(toCancelled);
}

/** Counts it as ended. */
export function observeCancelled(metrics: CallMetrics, { call, events }: CancelledCall): void {
  const unclaimed = { error: null, started_at: null, first_claimed_at: null };
  metrics.observe(
    { ...call, ...unclaimed, status: 'pending', completed_at: null },
    { ...unclaimed, status: 'cancelled', completed_at: call.completed_at },
    events,
  );
}

interface CancelledRow {
  id: string;
  batch_position: number;
  call_sequence: number;
  integration: string;
  operation: string;
  queued_at: Date;
  external_id: string | null;
  completed_at: Date;
}

function toCancelled({ id, call_sequence, external_id: externalId, ...row }: CancelledRow): CancelledCall {
  const { integration, operation, queued_at, completed_at } = row;
  const shared = { callId: id, externalId };
  return {
    call: { integration, operation, queued_at, completed_at },
    events: [
      {
        ...shared,
        callSequence: call_sequence - 1,
        type: 'call.cancel_requested',
        status: 'pending',
        data: { by: 'batch' },
      },
      {
        ...shared,
        callSequence: call_sequence,
        type: 'call.cancelled',
        status: 'cancelled',
        data: { billing: 'not_charged' },
      },
    ],
  };
}
