import type { Batch, CallCounts } from '@darkroom/contract';
import type { BatchRow } from '../database/schema.ts';

/** A batch as users see it. */
export function presentBatch(row: BatchRow, calls: CallCounts, baseUrl: string): Batch {
  return {
    id: row.id,
    ...(row.batch_key !== null && { batchId: row.batch_key }),
    status: row.status,
    strategy: row.strategy,
    maxConcurrent: row.max_concurrent,
    onFailure: row.on_failure,
    calls,
    metadata: row.metadata,
    workflowId: row.id,
    ...(row.begins_at > row.created_at && { startAt: row.begins_at.toISOString() }),
    ...(row.cancel_requested_at !== null && { cancelRequestedAt: row.cancel_requested_at.toISOString() }),
    createdAt: row.created_at.toISOString(),
    ...(row.started_at !== null && { startedAt: row.started_at.toISOString() }),
    ...(row.completed_at !== null && { completedAt: row.completed_at.toISOString() }),
    urls: {
      self: `${baseUrl}/v1/batches/${row.id}`,
      events: `${baseUrl}/v1/batches/${row.id}/events`,
      calls: `${baseUrl}/v1/calls?batchId=${row.id}`,
    },
  };
}
